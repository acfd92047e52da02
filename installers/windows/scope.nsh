; For whom it is installed. `SHCTX`, `$SMPROGRAMS` and `$DESKTOP` follow.

Var Scope ; "user" or "machine"
Var ForMe
Var ForAll

!macro USE_SCOPE
  ${If} $Scope == "machine"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

!macro IS_ADMINISTRATOR RESULT
  UserInfo::GetAccountType
  Pop ${RESULT}
!macroend

; By a switch, by what is installed already, or for this user.
Function ChooseScope
  StrCpy $Scope "user"
  ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $2 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $1 == ""
  ${AndIf} $2 != ""
    StrCpy $Scope "machine"
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AllUsers" $3
  ${IfNot} ${Errors}
    StrCpy $Scope "machine"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/CurrentUser" $3
  ${IfNot} ${Errors}
    StrCpy $Scope "user"
  ${EndIf}
  ${If} ${Silent}
  ${AndIf} $Scope == "machine"
    !insertmacro IS_ADMINISTRATOR $3
    ${If} $3 != "Admin"
      SetErrorLevel ${EXIT_ELEVATION}
      Quit
    ${EndIf}
  ${EndIf}
  Call UseScope
FunctionEnd

; The folder: the one that /D= names, the one it lies in already, or the usual one.
Function UseScope
  !insertmacro USE_SCOPE
  ${If} $INSTDIR != ""
  ${AndIf} $ForMe == "" ; before the first page: by /D=
    Return
  ${EndIf}
  ${If} $Scope == "machine"
    ReadRegStr $INSTDIR HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${Else}
    ReadRegStr $INSTDIR HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${EndIf}
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  ${If} $Scope == "machine"
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
FunctionEnd

Function ScopePage
  !insertmacro MUI_HEADER_TEXT "$(ScopeTitle)" "$(ScopeSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 0 100% 12u "$(ForMe)"
  Pop $ForMe
  ${NSD_CreateRadioButton} 0 16u 100% 12u "$(ForAll)"
  Pop $ForAll
  ${If} $Scope == "machine"
    ${NSD_Check} $ForAll
  ${Else}
    ${NSD_Check} $ForMe
  ${EndIf}
  nsDialogs::Show
FunctionEnd

; What is for all needs an administrator: this installer starts again as one.
Function ScopePageLeave
  StrCpy $3 $Scope
  ${NSD_GetState} $ForAll $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $Scope "machine"
  ${Else}
    StrCpy $Scope "user"
  ${EndIf}
  !insertmacro IS_ADMINISTRATOR $1
  ${If} $Scope == "machine"
  ${AndIf} $1 != "Admin"
    ClearErrors
    ExecShell "runas" "$EXEPATH" "/AllUsers"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(NoElevation)"
      Abort
    ${EndIf}
    Quit
  ${EndIf}
  ${If} $Scope != $3
    Call UseScope
  ${EndIf}
FunctionEnd

; Where this very installation is written down.
Function un.FindScope
  StrCpy $Scope "user"
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $Scope "machine"
    !insertmacro IS_ADMINISTRATOR $1
    ${If} $1 != "Admin"
      ${IfNot} ${Silent}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
        Quit
      ${EndIf}
      SetErrorLevel ${EXIT_ELEVATION}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro USE_SCOPE
FunctionEnd
