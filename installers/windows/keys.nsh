; Keys of providers in the Credential Manager, where the app has put them: under `ccr-desktop`, or
; under `<name>@ccr-desktop` once there are several.

!define CRED_TYPE_GENERIC 1

Function un.ForgetKeys
  System::Call "advapi32::CredEnumerateW(p 0, i 0, *i .r1, *p .r2) i .r0"
  ${If} $0 = 0
    Return ; there are none
  ${EndIf}
  StrCpy $3 0
  ${DoWhile} $3 < $1
    IntOp $4 $3 * ${NSIS_PTR_SIZE}
    IntPtrOp $4 $2 + $4
    System::Call "*$4(p .r5)"
    System::Call "*$5(i, i .r6, w .r7)" ; flags, kind, name
    StrCpy $8 $7 12 -12
    ${If} $7 == "ccr-desktop"
    ${OrIf} $8 == "@ccr-desktop"
      ${If} $6 = ${CRED_TYPE_GENERIC}
        System::Call "advapi32::CredDeleteW(w r7, i r6, i 0)"
      ${EndIf}
    ${EndIf}
    IntOp $3 $3 + 1
  ${Loop}
  System::Call "advapi32::CredFree(p r2)"
FunctionEnd
