; Stands in for the two programs of the bundle on Windows, in tests of the installer under Wine.
;   -DKIND=app: runs until it is asked to quit.   -DKIND=console: notes how it was called, and asks.
;   -DKIND=keys: puts what the command line names into the Credential Manager.
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
OutFile "${OUT}"
!include FileFunc.nsh
!include LogicLib.nsh

Section
  ${GetParameters} $0
  ReadEnvStr $1 "STAND_IN" ; a folder for all that is told between them
!if ${KIND} == app
  FileOpen $2 "$1\app-runs" w
  FileWrite $2 "$0"
  FileClose $2
  ${DoUntil} ${FileExists} "$1\quit"
    Sleep 50
  ${Loop}
  Delete "$1\app-runs"
  Delete "$1\quit"
!endif
!if ${KIND} == keys
  ; CREDENTIALW: flags, kind, name, comment, written (8 bytes), bytes and place of the secret,
  ; how long it is kept, attributes, their place, alias, user.
  System::Call "*(i 0, i 1, w r0, p 0, l 0, i 0, i 0, p 0, i 2, i 0, p 0, p 0, w 'user') p .r2"
  System::Call "advapi32::CredWriteW(p r2, i 0) i .r3"
  ${If} $3 = 0
    SetErrorLevel 2
  ${EndIf}
!endif
!if ${KIND} == console
  FileOpen $2 "$1\calls" a
  FileSeek $2 0 END
  FileWrite $2 "$0$\n"
  FileClose $2
  ${If} $0 == "ui --quit"
  ${AndIfNot} ${FileExists} "$1\stubborn"
    FileOpen $2 "$1\quit" w
    FileClose $2
  ${EndIf}
!endif
SectionEnd
