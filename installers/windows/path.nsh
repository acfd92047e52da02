; A folder on the PATH, of the user or of the machine. Strings of NSIS end after 1024 characters and
; many a PATH is longer, so that it is never one: it stays in memory of its own, with its kind.

!define REG_SZ 1
!define REG_EXPAND_SZ 2
!define USER_ENVIRONMENT "Environment"
!define MACHINE_ENVIRONMENT "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"

!macro PATH un
; The folder on the stack, the PATH as `;one;two;` at $R1, its key at $R0, its kind in $R3.
; $R1 is 0 where it can't be read. Whoever calls frees it.
Function ${un}OpenPath
  Exch $R9
  StrCpy $R1 0
  ${If} $Scope == "machine"
    StrCpy $R4 "${MACHINE_ENVIRONMENT}"
    StrCpy $R5 -2147483646 ; HKEY_LOCAL_MACHINE
  ${Else}
    StrCpy $R4 "${USER_ENVIRONMENT}"
    StrCpy $R5 -2147483647 ; HKEY_CURRENT_USER
  ${EndIf}
  ; KEY_QUERY_VALUE, KEY_SET_VALUE, KEY_WOW64_64KEY
  System::Call "advapi32::RegOpenKeyExW(p R5, w R4, i 0, i 0x103, *p .R0) i .R6"
  ${If} $R6 <> 0
    Return
  ${EndIf}
  System::Call 'advapi32::RegQueryValueExW(p R0, w "Path", p 0, *i .R3, p 0, *i .R2) i .R6'
  ${If} $R6 = 2 ; there is none
    StrCpy $R3 ${REG_EXPAND_SZ}
    StrCpy $R2 0
  ${ElseIf} $R6 <> 0
  ${OrIf} $R3 < ${REG_SZ}
  ${OrIf} $R3 > ${REG_EXPAND_SZ}
    System::Call "advapi32::RegCloseKey(p R0)"
    Return
  ${EndIf}
  StrLen $R6 $R9
  IntOp $R6 $R6 * 2
  IntOp $R6 $R6 + $R2
  IntOp $R6 $R6 + 16 ; semicolons, and an end
  System::Alloc $R6 ; all zeros
  Pop $R1
  System::Call "*$R1(&w1 ';')"
  ${If} $R2 > 2
    IntPtrOp $R7 $R1 + 2
    System::Call 'advapi32::RegQueryValueExW(p R0, w "Path", p 0, p 0, p R7, *i R2)'
    System::Call "kernel32::lstrcatW(p R1, w ';')"
  ${EndIf}
FunctionEnd

; Where the folder stands, in $R7; 0 where it does not.
Function ${un}FindInPath
  System::Call "shlwapi::StrStrIW(p R1, w ';$R9;') p .R7"
FunctionEnd

Function ${un}ClosePath
  System::Call "kernel32::lstrlenW(p R1) i .R6"
  ${If} $R6 < 2
    System::Call 'advapi32::RegDeleteValueW(p R0, w "Path")'
  ${Else}
    ; Without the first semicolon and the last one.
    IntOp $R8 $R6 - 1
    IntOp $R8 $R8 * 2
    IntPtrOp $R7 $R1 + $R8
    System::Call "*$R7(&i2 0)"
    IntPtrOp $R7 $R1 + 2
    System::Call 'advapi32::RegSetValueExW(p R0, w "Path", i 0, i R3, p R7, i R8)'
  ${EndIf}
  System::Call "advapi32::RegCloseKey(p R0)"
  System::Free $R1
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
FunctionEnd

Function ${un}RemoveFromPath
  Call ${un}OpenPath
  ${If} $R1 P<> 0
    ${Do}
      Call ${un}FindInPath
      ${If} $R7 P= 0
        ${ExitDo}
      ${EndIf}
      StrLen $R6 ";$R9"
      IntOp $R6 $R6 * 2
      IntPtrOp $R8 $R7 + $R6
      System::Call "kernel32::lstrlenW(p R8) i .R6"
      IntOp $R6 $R6 + 1
      IntOp $R6 $R6 * 2
      System::Call "ntdll::RtlMoveMemory(p R7, p R8, p R6)"
    ${Loop}
    Call ${un}ClosePath
  ${EndIf}
  Pop $R9
FunctionEnd
!macroend
!insertmacro PATH ""
!insertmacro PATH "un."

Function AddToPath
  Call OpenPath
  ${If} $R1 P<> 0
    Call FindInPath
    ${If} $R7 P= 0
      System::Call "kernel32::lstrcatW(p R1, w '$R9;')"
    ${EndIf}
    Call ClosePath
  ${Else}
    DetailPrint "$(NoPath)"
  ${EndIf}
  Pop $R9
FunctionEnd
