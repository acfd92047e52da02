; The installer of Windows, and its uninstaller. build_installer.sh compiles it.
;
;   -DVERSION=0.1.0 -DSOURCE=<folder of PyInstaller> -DSIZE_KB=<what it takes> -DICON=<.ico> -DOUT=<.exe>
;   -DVERSION_OF_FOUR=0.1.0.0 -DCOMPRESSOR=lzma
;   -DSIGN=<command that signs the file whose name follows>, where there is a certificate
;
; Switches, beside NSIS's own /S (silent) and /D=<folder> (the last one, without quotes):
;   /CurrentUser /AllUsers      for whom; otherwise as it is installed already, or for this user
;   /StartAtLogin[=no]          otherwise as it is
;   /Path[=no]                  `ccr` on the PATH; otherwise as it is, at first yes
;   /DesktopShortcut[=no]       otherwise as it is
;   /NoStart                    an app that ran stays ended after a silent upgrade
;   /InstalledBy=winget         who brings updates, which the app then leaves to it
; and of uninstall.exe:
;   /RemoveSettings             settings, keys, logs and usage of this user go, too
;   /Moving                     by an installer that puts it into another folder
; Exit codes: 0 done, 1 the person cancelled, 2 failed, 10 the app runs and does not end,
; 740 administrator's rights are needed.

Unicode true
Target amd64-unicode
SetCompressor /SOLID ${COMPRESSOR}
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user ; `scope.nsh` asks for more where it is needed

!define NAME "CCR Desktop"
!define PUBLISHER "The CCR Desktop developers"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\CCRDesktop"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APP_PATH_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\ccr-desktop.exe"
!define LINK_KEY "Software\Classes\ccr-desktop"

!define EXIT_RUNNING 10
!define EXIT_ELEVATION 740

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION_OF_FOUR}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include nsDialogs.nsh
!include WinMessages.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING

!include words.nsh
!include scope.nsh
!include running.nsh
!include path.nsh
!include keys.nsh

Var WasRunning
Var StartBox
!insertmacro RUNNING ""
!insertmacro RUNNING "un."

Page custom ScopePage ScopePageLeave
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
Page custom DonePage DonePageLeave
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.SettingsPage un.SettingsPageLeave
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro WORDS

; -- installing -----------------------------------------------------------------------------

Section "-App" SectionApp
  SetAutoClose true
  Call LeaveOldFolder
  SetOutPath "$INSTDIR"
  Call EndRunningApp
  Call MoveAside
  RMDir /r "$INSTDIR\_internal" ; what the former version had and this one has not
  Call WriteInstaller
  ClearErrors
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$(NotWritten)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\ccr-desktop.exe"
  Call WriteRegistry
SectionEnd

Section "$(PathSection)" SectionPath
  Push "$INSTDIR"
  Call AddToPath
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "InPath" 1
SectionEnd

Section /o "$(LoginSection)" SectionLogin
  ; As the app's own switch writes it, which changes it later.
  WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\ccr-desktop.exe" ui --hidden'
SectionEnd

Section /o "$(ShortcutSection)" SectionShortcut
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\ccr-desktop.exe"
SectionEnd

; What was chosen before and is not any more.
Section "-Unchosen"
  ${IfNot} ${SectionIsSelected} ${SectionPath}
    Push "$INSTDIR"
    Call RemoveFromPath
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "InPath" 0
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${SectionLogin}
    Call ForgetLogin
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${SectionShortcut}
    Delete "$DESKTOP\${NAME}.lnk"
  ${EndIf}
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)" ; links are opened anew
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionPath} "$(PathHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionLogin} "$(LoginHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionShortcut} "$(ShortcutHint)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  SetRegView 64
  Call ChooseScope
  Call ChooseSections
FunctionEnd

Function .onInstSuccess
  ; An elevated installer would start the app with its own rights: people start that one themselves.
  ${GetParameters} $0
  ${GetOptions} $0 "/NoStart" $1
  ${If} ${Errors}
  ${AndIf} ${Silent}
  ${AndIf} $WasRunning = 1
  ${AndIf} $Scope == "user"
    Exec '"$INSTDIR\ccr-desktop.exe" ui --hidden'
  ${EndIf}
FunctionEnd

; Of one that lies elsewhere, for the same users, only settings stay.
Function LeaveOldFolder
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
  ${OrIfNot} ${FileExists} "$0\uninstall.exe"
    Return
  ${EndIf}
  ClearErrors
  ExecWait '"$0\uninstall.exe" /S /Moving _?=$0' $1
  ${If} ${Errors}
  ${OrIf} $1 <> 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(StillRuns)" /SD IDOK
    SetErrorLevel ${EXIT_RUNNING}
    Quit
  ${EndIf}
  Delete "$0\uninstall.exe" ; it can't remove itself where it runs
  RMDir "$0"
FunctionEnd

Function DonePage
  !insertmacro MUI_HEADER_TEXT "$(DoneTitle)" "$(DoneSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckbox} 0 0 100% 12u "$(StartNow)"
  Pop $StartBox
  ${NSD_Check} $StartBox
  ${NSD_CreateLabel} 12u 16u 95% 40u "$(StartHint)"
  Pop $0
  GetDlgItem $0 $HWNDPARENT 1 ; the button that goes on
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^CloseBtn)"
  GetDlgItem $0 $HWNDPARENT 2 ; Cancel
  EnableWindow $0 0
  GetDlgItem $0 $HWNDPARENT 3 ; Back
  EnableWindow $0 0
  nsDialogs::Show
FunctionEnd

; By the shell that is logged in, so that the app runs without the installer's rights.
Function DonePageLeave
  ${NSD_GetState} $StartBox $0
  ${If} $0 = ${BST_CHECKED}
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\ccr-desktop.exe"'
  ${EndIf}
FunctionEnd

!macro CHOOSE SWITCH SECTION DEFAULT
  StrCpy $1 "${DEFAULT}"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/${SWITCH}" $2
  ${IfNot} ${Errors}
    StrCpy $1 1
    ${If} $2 == "=no"
      StrCpy $1 0
    ${EndIf}
  ${EndIf}
  ${If} $1 = 1
    !insertmacro SelectSection ${SECTION}
  ${Else}
    !insertmacro UnselectSection ${SECTION}
  ${EndIf}
!macroend

; As the switches say, otherwise as it is.
Function ChooseSections
  ReadRegDWORD $3 SHCTX "${UNINSTALL_KEY}" "InPath"
  ${If} ${Errors}
    StrCpy $3 1
  ${EndIf}
  !insertmacro CHOOSE "Path" ${SectionPath} $3
  StrCpy $3 0
  ReadRegStr $4 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $4 != ""
    StrCpy $3 1
  ${EndIf}
  !insertmacro CHOOSE "StartAtLogin" ${SectionLogin} $3
  StrCpy $3 0
  ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
    StrCpy $3 1
  ${EndIf}
  !insertmacro CHOOSE "DesktopShortcut" ${SectionShortcut} $3
FunctionEnd

Function WriteInstaller
  StrCpy $1 "nsis"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/InstalledBy=" $2
  ${IfNot} ${Errors}
    StrCpy $1 $2
  ${EndIf}
  FileOpen $0 "$INSTDIR\install-method" w
  FileWrite $0 "$1"
  FileClose $0
FunctionEnd

Function WriteRegistry
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\ccr-desktop.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr SHCTX "${APP_PATH_KEY}" "" "$INSTDIR\ccr-desktop.exe"
  WriteRegStr SHCTX "${LINK_KEY}" "" "URL:${NAME}"
  WriteRegStr SHCTX "${LINK_KEY}" "URL Protocol" ""
  WriteRegStr SHCTX "${LINK_KEY}\DefaultIcon" "" "$INSTDIR\ccr-desktop.exe,0"
  WriteRegStr SHCTX "${LINK_KEY}\shell\open\command" "" '"$INSTDIR\ccr-desktop.exe" ui "%1"'
FunctionEnd

!macro FORGET_LOGIN un
; Only where it starts this very installation.
Function ${un}ForgetLogin
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $0 == '"$INSTDIR\ccr-desktop.exe" ui --hidden'
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  ${EndIf}
FunctionEnd
!macroend
!insertmacro FORGET_LOGIN ""
!insertmacro FORGET_LOGIN "un."

; -- uninstalling ---------------------------------------------------------------------------

Var RemoveSettings
Var SettingsBox

Function un.onInit
  SetRegView 64
  Call un.FindScope
  StrCpy $RemoveSettings 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/RemoveSettings" $1
  ${IfNot} ${Errors}
    StrCpy $RemoveSettings 1
  ${EndIf}
FunctionEnd

Function un.SettingsPage
  !insertmacro MUI_HEADER_TEXT "$(SettingsTitle)" "$(SettingsSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckbox} 0 0 100% 12u "$(SettingsBox)"
  Pop $SettingsBox
  ${If} $RemoveSettings = 1
    ${NSD_Check} $SettingsBox
  ${EndIf}
  ${NSD_CreateLabel} 12u 16u 95% 40u "$(SettingsHint)"
  Pop $0
  nsDialogs::Show
FunctionEnd

Function un.SettingsPageLeave
  ${NSD_GetState} $SettingsBox $RemoveSettings
FunctionEnd

Section "un.App"
  Call un.EndRunningApp
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/Moving" $1
  ${If} ${Errors}
    ; Claude Code is led to its own address again: the router is gone from now on.
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\ccr.exe" env --undo'
    Pop $0
  ${EndIf}
  Call un.MoveAside
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\install-method"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; not what people have put there

  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  Push "$INSTDIR"
  Call un.RemoveFromPath
  Call un.ForgetLogin
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${APP_PATH_KEY}"
  ReadRegStr $0 SHCTX "${LINK_KEY}\shell\open\command" ""
  ${If} $0 == '"$INSTDIR\ccr-desktop.exe" ui "%1"'
    DeleteRegKey SHCTX "${LINK_KEY}"
  ${EndIf}

  ${If} $RemoveSettings = 1
    Call un.ForgetKeys
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\ccr-desktop"
  ${EndIf}
SectionEnd
