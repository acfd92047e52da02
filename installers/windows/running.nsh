; The app that runs is asked to quit, as a person would be. Nothing is ever killed: requests may be
; on the way, and settings not saved.

!ifndef PATIENCE
  !define PATIENCE 60 ; times half a second
!endif

!macro RUNNING un
; 1 on the stack while a program of this installation runs: its file can't be opened for writing.
Function ${un}IsInUse
  Exch $0
  Push $1
  StrCpy $1 0
  ${If} ${FileExists} "$INSTDIR\$0"
    ClearErrors
    FileOpen $1 "$INSTDIR\$0" a
    ${If} ${Errors}
      StrCpy $1 1
    ${Else}
      FileClose $1
      StrCpy $1 0
    ${EndIf}
  ${EndIf}
  StrCpy $0 $1
  Pop $1
  Exch $0
FunctionEnd

; Goes on once nothing runs; otherwise the person says what to do, and a silent installation ends.
Function ${un}EndRunningApp
  Push "ccr-desktop.exe"
  Call ${un}IsInUse
  Pop $WasRunning
  ${Do}
    Call ${un}AskToQuit
    Pop $0
    ${If} $0 = 0
      Return
    ${EndIf}
    ${If} ${Cmd} 'MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRuns)" /SD IDCANCEL IDCANCEL'
      SetErrorLevel ${EXIT_RUNNING}
      Quit
    ${EndIf}
  ${Loop}
FunctionEnd

; 0 on the stack once nothing runs. First the app, and the router in the background if it is not that.
Function ${un}AskToQuit
  Call ${un}CountInUse
  Pop $0
  ${If} $0 > 0
    DetailPrint "$(AskingToQuit)"
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\ccr.exe" ui --quit'
    Pop $1
    Call ${un}WaitUntilUnused
    Pop $0
  ${EndIf}
  ${If} $0 > 0
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\ccr.exe" stop'
    Pop $1
    Call ${un}WaitUntilUnused
    Pop $0
  ${EndIf}
  Push $0
FunctionEnd

Function ${un}WaitUntilUnused
  ${For} $2 1 ${PATIENCE}
    Call ${un}CountInUse
    Pop $0
    ${If} $0 = 0
      ${ExitFor}
    ${EndIf}
    Sleep 500
  ${Next}
  Push $0
FunctionEnd

Function ${un}CountInUse
  Push "ccr.exe"
  Call ${un}IsInUse
  Push "ccr-desktop.exe"
  Call ${un}IsInUse
  Pop $0
  Pop $1
  IntOp $0 $0 + $1
  Push $0
FunctionEnd

; Programs out of the way, so that none starts while the rest is replaced. A status line may run for
; a moment: tried again, and put back if it never ends.
Function ${un}MoveAside
  ${For} $2 1 ${PATIENCE}
    StrCpy $3 0
    Push "ccr.exe"
    Call ${un}MoveOneAside
    Push "ccr-desktop.exe"
    Call ${un}MoveOneAside
    ${If} $3 = 0
      Return
    ${EndIf}
    Sleep 500
  ${Next}
  Rename "$INSTDIR\ccr.exe.old" "$INSTDIR\ccr.exe"
  Rename "$INSTDIR\ccr-desktop.exe.old" "$INSTDIR\ccr-desktop.exe"
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(StillRuns)" /SD IDOK
  SetErrorLevel ${EXIT_RUNNING}
  Quit
FunctionEnd

Function ${un}MoveOneAside
  Exch $0
  ${If} ${FileExists} "$INSTDIR\$0"
    Rename "$INSTDIR\$0" "$INSTDIR\$0.old"
  ${EndIf}
  Delete "$INSTDIR\$0.old"
  ${If} ${FileExists} "$INSTDIR\$0"
  ${OrIf} ${FileExists} "$INSTDIR\$0.old"
    StrCpy $3 1
  ${EndIf}
  Pop $0
FunctionEnd
!macroend
