; The installer for Windows: for one person without rights, or for everybody; silent with /S. Built by
; packaging/windows_packages.py, which passes VERSION, FOUR (four numbers), STAGED, ICON, OUT, SIZE (KB) and, where a
; certificate is configured, SIGN; with LOOSELY it is larger and sooner there, for tests. What it promises is in
; packaging/README.md and tried by packaging/try_windows.py.
Unicode true
Target amd64-unicode
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
!ifdef LOOSELY
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
SetDateSave off
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include TextFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define PROGRAM "Aftercare"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Aftercare"
!define OLDEST_BUILD 17763 ; Windows 10 1809: what Qt asks for

; exit codes: the same numbers mean the same in the installer for Linux
!define IS_DONE 0
!define WRONG_USE 2
!define IS_OPEN 3
!define IS_NEWER 4
!define TOO_OLD 5
!define NO_WRITING 6
!define NO_RIGHTS 7
!define OTHER_KIND 8

!define PATIENCE_STEPS 60 ; of half a second, until a window that was asked to close has closed

Name "$Shown"
OutFile "${OUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
InstallDir ""
BrandingText "${PROGRAM} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${FOUR}"
VIAddVersionKey ProductName "${PROGRAM}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${PROGRAM} Setup"
VIAddVersionKey CompanyName "The Aftercare project"
VIAddVersionKey LegalCopyright "GPL-3.0-or-later"
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Shown       ; the name in the menu and in the list of programs (/NAME=)
Var Everybody   ; 1: for all people of this computer
Var WithDesktop   ; 1: also a shortcut on the desktop
Var LogPath     ; /LOG=
Var Open        ; 1: one of the programs runs
Var OnlyMe
Var ForAll
Var OnDesktop

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
Page custom AskForWhom TakeForWhom
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; --- said and ended -------------------------------------------------------------------------------------------------

!macro Note words
  Push "${words}"
  !ifdef __UNINSTALL__
    Call un.Note
  !else
    Call Note
  !endif
!macroend

!macro NoteFunction un
Function ${un}Note
  Exch $0
  Push $1
  ${If} $LogPath != ""
    FileOpen $1 "$LogPath" a
    FileSeek $1 0 END
    FileWrite $1 "${PROGRAM} ${VERSION}: $0$\r$\n"
    FileClose $1
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd
!macroend
!insertmacro NoteFunction ""
!insertmacro NoteFunction "un."

; ends with this exit code; nothing was changed
!macro Refuse code words
  !insertmacro Note "exit code ${code}: ${words}"
  MessageBox MB_OK|MB_ICONEXCLAMATION "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

; --- an open program ------------------------------------------------------------------------------------------------

; one of the programs runs as long as Windows lets nobody write to its file
!macro OpenFunctions un
Function ${un}LookWhetherOpen
  Push $0
  StrCpy $Open 0
  !insertmacro LookAt "$INSTDIR\aftercare.exe"
  !insertmacro LookAt "$INSTDIR\aftercare-cli.exe"
  Pop $0
FunctionEnd

; asks every window of this session to save, close its records and end; nothing is killed. $Open is 1 where one stays.
Function ${un}CloseProgram
  Push $2
  Push $3
  StrCpy $2 0
  Call ${un}LookWhetherOpen
  ${While} $Open == 1
    ${If} $2 >= ${PATIENCE_STEPS}
      ${Break}
    ${EndIf}
    ${If} $2 = 0
      System::Call 'user32::RegisterWindowMessageW(t "Aftercare.Close") i.r3'
      System::Call 'user32::PostMessageW(p 0xffff, i r3, p 0, p 0)'
      !insertmacro Note "an open window was asked to close"
    ${EndIf}
    Sleep 500
    IntOp $2 $2 + 1
    Call ${un}LookWhetherOpen
  ${EndWhile}
  Pop $3
  Pop $2
FunctionEnd
!macroend

!macro LookAt path
  ${If} ${FileExists} "${path}"
    ClearErrors
    FileOpen $0 "${path}" a
    ${If} ${Errors}
      StrCpy $Open 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro OpenFunctions ""
!insertmacro OpenFunctions "un."

; --- for whom -------------------------------------------------------------------------------------------------------

Function IsAdministrator ; pushes 1 or 0
  UserInfo::GetAccountType
  Exch $0
  ${If} $0 == "Admin"
    StrCpy $0 1
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Exch $0
FunctionEnd

Function UseScope
  SetRegView 64
  ${If} $Everybody == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; where it is installed already, else the usual place
Function FindPlace
  Call UseScope
  ReadRegStr $0 SHCTX "${KEY}" "InstallLocation"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${ElseIf} $Everybody == 1
    StrCpy $INSTDIR "$PROGRAMFILES64\${PROGRAM}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${PROGRAM}"
  ${EndIf}
  ReadRegStr $0 SHCTX "${KEY}" "DisplayName"
  ${If} $Shown == ""
    StrCpy $Shown $0
  ${EndIf}
  ${If} $Shown == ""
    StrCpy $Shown "${PROGRAM}"
  ${EndIf}
FunctionEnd

Function .onInit
  ${GetParameters} $R0
  StrCpy $R9 $INSTDIR ; from /D=
  ClearErrors
  ${GetOptions} $R0 "/LOG=" $LogPath
  ; NSIS forgets a folder that it cannot use, and would go on with the usual one
  System::Call 'kernel32::GetCommandLineW() w .R3'
  ClearErrors
  ${WordFind} "$R3" "/D=" "E+1{" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R9 == ""
    !insertmacro Refuse ${NO_WRITING} "The folder after /D= cannot be used. It comes last, a full path without quotation marks."
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NAME=" $Shown
  ${WordFind} "$Shown" "\" "E+1{" $R1
  ${IfNot} ${Errors}
    !insertmacro Refuse ${WRONG_USE} "The name must not hold a \."
  ${EndIf}
  StrCpy $Everybody 0
  StrCpy $WithDesktop 0
  ClearErrors
  ${GetOptions} $R0 "/DESKTOP" $R1
  ${IfNot} ${Errors}
    StrCpy $WithDesktop 1
  ${EndIf}
  StrCpy $R2 0
  ClearErrors
  ${GetOptions} $R0 "/CURRENTUSER" $R1
  ${IfNot} ${Errors}
    StrCpy $R2 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    ${If} $R2 == 1
      !insertmacro Refuse ${WRONG_USE} "/ALLUSERS and /CURRENTUSER exclude each other."
    ${EndIf}
    StrCpy $Everybody 1
    Call IsAdministrator
    Pop $R1
    ${If} $R1 == 0
      !insertmacro Refuse ${NO_RIGHTS} "Installing for everybody needs an administrator."
    ${EndIf}
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse ${TOO_OLD} "This needs Windows 10 (1809) or newer."
  ${EndIf}
  Call FindPlace
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${EndIf}
FunctionEnd

Function AskForWhom
  !insertmacro MUI_HEADER_TEXT "For whom?" "Records are never kept in the folder of the program."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 0 100% 14u "Only for &me (needs no administrator)"
  Pop $OnlyMe
  ${NSD_CreateRadioButton} 0 18u 100% 14u "For &everybody on this computer (needs an administrator)"
  Pop $ForAll
  ${NSD_CreateCheckbox} 0 44u 100% 14u "A shortcut on the &desktop, too"
  Pop $OnDesktop
  ${If} $Everybody == 1
    ${NSD_Check} $ForAll
  ${Else}
    ${NSD_Check} $OnlyMe
  ${EndIf}
  ${If} $WithDesktop == 1
    ${NSD_Check} $OnDesktop
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeForWhom
  ${NSD_GetState} $OnDesktop $WithDesktop
  ${NSD_GetState} $ForAll $R1
  ${If} $R1 == $Everybody
    Return
  ${EndIf}
  StrCpy $Everybody $R1
  Call IsAdministrator
  Pop $R2
  ${If} $Everybody == 1
  ${AndIf} $R2 == 0
    ; Windows asks for an administrator, and the rest happens in that window
    ${If} $WithDesktop == 1
      ExecShell "runas" "$EXEPATH" "/ALLUSERS /DESKTOP"
    ${Else}
      ExecShell "runas" "$EXEPATH" "/ALLUSERS"
    ${EndIf}
    Quit
  ${EndIf}
  Call FindPlace
FunctionEnd

; --- install, update, repair ----------------------------------------------------------------------------------------

; what stood there before comes back, and nothing is changed
!macro PutBack code words
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\incoming"
  RMDir "$INSTDIR" ; only a folder that was made for nothing
  !insertmacro Refuse ${code} "${words}"
!macroend

!macro Swap name
  Delete "$INSTDIR\${name}.before"
  ${If} ${FileExists} "$INSTDIR\${name}"
    Rename "$INSTDIR\${name}" "$INSTDIR\${name}.before"
  ${EndIf}
  Rename "$INSTDIR\incoming\${name}" "$INSTDIR\${name}"
!macroend

!macro SwapBack name
  ${If} ${FileExists} "$INSTDIR\${name}.before"
    ${If} ${FileExists} "$INSTDIR\${name}\*.*"
      RMDir /r "$INSTDIR\${name}"
    ${Else}
      Delete "$INSTDIR\${name}"
    ${EndIf}
    Rename "$INSTDIR\${name}.before" "$INSTDIR\${name}"
  ${EndIf}
!macroend

Section "Program"
  Call UseScope
  ReadRegStr $R0 HKLM "Software\Aftercare\Setup" "Kind"
  ${If} $R0 == "msi"
    !insertmacro Refuse ${OTHER_KIND} "It was installed from the MSI file: update it by that, or remove it first."
  ${EndIf}
  StrCpy $R0 ""
  ${If} ${FileExists} "$INSTDIR\VERSION"
    FileOpen $0 "$INSTDIR\VERSION" r
    FileRead $0 $R0
    FileClose $0
    ${TrimNewLines} "$R0" $R0
    ${VersionCompare} "$R0" "${VERSION}" $R1
    ${If} $R1 == 1
      !insertmacro Refuse ${IS_NEWER} "A newer version ($R0) is installed; records that it has converted cannot be read by this one."
    ${EndIf}
  ${EndIf}
  ; everything is unpacked beside the old program first: a full disk leaves that as it is
  RMDir /r "$INSTDIR\incoming"
  ClearErrors
  CreateDirectory "$INSTDIR\incoming"
  ${If} ${Errors}
    !insertmacro PutBack ${NO_WRITING} "The folder $INSTDIR cannot be written."
  ${EndIf}
  Call CloseProgram
  ${If} $Open == 1
    !insertmacro PutBack ${IS_OPEN} "The program is open, perhaps in another session. Please close it and try again."
  ${EndIf}
  RMDir /r "$INSTDIR\_internal.before"
  RMDir /r "$INSTDIR\documents.before"
  SetOutPath "$INSTDIR\incoming"
  SetOverwrite try
  ClearErrors
  File /r "${STAGED}/*.*"
  ${If} ${Errors}
    !insertmacro PutBack ${NO_WRITING} "The files could not be written to $INSTDIR (is the disk full?)."
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  !insertmacro Swap "_internal"
  !insertmacro Swap "documents"
  !insertmacro Swap "aftercare.exe"
  !insertmacro Swap "aftercare-cli.exe"
  !insertmacro Swap "VERSION"
  ${If} ${Errors}
    !insertmacro SwapBack "_internal"
    !insertmacro SwapBack "documents"
    !insertmacro SwapBack "aftercare.exe"
    !insertmacro SwapBack "aftercare-cli.exe"
    !insertmacro SwapBack "VERSION"
    !insertmacro PutBack ${IS_OPEN} "The files of the program are in use. Please close it and try again."
  ${EndIf}
  RMDir /r "$INSTDIR\_internal.before"
  RMDir /r "$INSTDIR\documents.before"
  Delete "$INSTDIR\aftercare.exe.before"
  Delete "$INSTDIR\aftercare-cli.exe.before"
  Delete "$INSTDIR\VERSION.before"
  RMDir /r "$INSTDIR\incoming"

  ReadRegStr $0 SHCTX "${KEY}" "DisplayName"
  ${If} $0 != ""
  ${AndIf} $0 != $Shown
    Delete "$SMPROGRAMS\$0.lnk"
    Delete "$DESKTOP\$0.lnk"
  ${EndIf}
  CreateShortCut "$SMPROGRAMS\$Shown.lnk" "$INSTDIR\aftercare.exe"
  ${If} $WithDesktop == 1
    CreateShortCut "$DESKTOP\$Shown.lnk" "$INSTDIR\aftercare.exe"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "$Shown"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\aftercare.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The Aftercare project"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${If} $R0 == ""
    !insertmacro Note "installed into $INSTDIR"
  ${Else}
    !insertmacro Note "installed into $INSTDIR over $R0"
  ${EndIf}
  SetErrorLevel ${IS_DONE}
SectionEnd

; NSIS gives up by itself where a disk is full: before anything of the old program was touched
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\incoming"
  RMDir "$INSTDIR" ; only a folder that was made for nothing
  !insertmacro Note "exit code ${NO_WRITING}: The files could not be written to $INSTDIR (is the disk full?)."
  SetErrorLevel ${NO_WRITING}
FunctionEnd

; --- remove: the program alone, never records, backups or settings --------------------------------------------------

Function un.onInit
  SetRegView 64
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LOG=" $LogPath
  ReadRegStr $0 HKLM "${KEY}" "InstallLocation"
  StrCpy $Everybody 0
  SetShellVarContext current
  ${If} $0 == $INSTDIR
    StrCpy $Everybody 1
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
      ${If} ${Silent}
        !insertmacro Refuse ${NO_RIGHTS} "Removing it for everybody needs an administrator."
      ${EndIf}
      ExecShell "runas" "$INSTDIR\uninstall.exe"
      Quit
    ${EndIf}
  ${EndIf}
  ReadRegStr $Shown SHCTX "${KEY}" "DisplayName"
  ${If} $Shown == ""
    StrCpy $Shown "${PROGRAM}"
  ${EndIf}
FunctionEnd

Section "un.Program"
  Call un.CloseProgram
  ${If} $Open == 1
    !insertmacro Refuse ${IS_OPEN} "The program is open, perhaps in another session. Please close it and try again."
  ${EndIf}
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\documents"
  Delete "$INSTDIR\aftercare.exe"
  Delete "$INSTDIR\aftercare-cli.exe"
  Delete "$INSTDIR\VERSION"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing of anybody else is in it
  Delete "$SMPROGRAMS\$Shown.lnk"
  Delete "$DESKTOP\$Shown.lnk"
  DeleteRegKey SHCTX "${KEY}"
  !insertmacro Note "removed from $INSTDIR; records, backups and settings are kept"
  SetErrorLevel ${IS_DONE}
SectionEnd
