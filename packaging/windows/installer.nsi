; The installer of Windows: for one person without rights, or with -DALL_USERS=1 for everybody by an administrator.
; freeze.py gives VERSION, NUMBERS, PAYLOAD (the frozen folder), TARGET, ICON and LICENCE, and QUICKLY for one that is not
; handed on.
; Silent: setup.exe /S [/D=C:\folder], and uninstall.exe /S. Exit status 0 done, 2 the program is running or it failed.
Unicode true
Target amd64-unicode
ManifestDPIAware true
!ifdef QUICKLY
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define PRODUCT "Audit Desktop"
!define PUBLISHER "The Audit Desktop maintainers"
!define FILE_CLASS "AuditDesktop.Audit"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AuditDesktop"

Name "${PRODUCT}"
OutFile "${TARGET}"
BrandingText "${PRODUCT} ${VERSION}"
Icon "${ICON}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2057 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2057 "FileDescription" "Installs ${PRODUCT}"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "LegalCopyright" "${PUBLISHER}. MIT licence."

!ifdef ALL_USERS
  RequestExecutionLevel admin
  InstallDir "$PROGRAMFILES64\${PRODUCT}"
  !define HIVE HKLM
  !define CONTEXT all
!else
  RequestExecutionLevel user
  InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
  !define HIVE HKCU
  !define CONTEXT current
!endif
InstallDirRegKey ${HIVE} "${UNINSTALL_KEY}" "InstallLocation"

!define MUI_FINISHPAGE_RUN "$INSTDIR\audit-desktop.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Windows lets nobody open a running program's file for writing: the surest sign that it runs, for whomever.
!macro RefuseWhileRunning
  ${If} ${FileExists} "$INSTDIR\audit-desktop.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\audit-desktop.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${PRODUCT} is running, or its folder cannot be written to. Close it, and try again. Nothing has been changed." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Only what the installer itself wrote: whatever somebody put beside it stays.
!macro RemoveProgram
  ${If} ${FileExists} "$INSTDIR\_internal\audit_desktop\*.*"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
  ${EndIf}
  Delete "$INSTDIR\audit-desktop.exe"
  Delete "$INSTDIR\audit-desktop-console.exe"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
!macroend

Section "Install"
  SetShellVarContext ${CONTEXT}
  SetRegView 64
  !insertmacro RefuseWhileRunning
  ; Libraries of an older version beside those of a newer one would be loaded in their place.
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${PAYLOAD}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "${PRODUCT} could not be written to $INSTDIR." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}

  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\audit-desktop.exe"

  WriteRegStr ${HIVE} "Software\Classes\.audit" "" "${FILE_CLASS}"
  WriteRegStr ${HIVE} "Software\Classes\.audit" "Content Type" "application/vnd.audit-desktop+zip"
  WriteRegStr ${HIVE} "Software\Classes\.audit\OpenWithProgids" "${FILE_CLASS}" ""
  WriteRegStr ${HIVE} "Software\Classes\${FILE_CLASS}" "" "Audit"
  WriteRegStr ${HIVE} "Software\Classes\${FILE_CLASS}\DefaultIcon" "" "$INSTDIR\audit-desktop.exe,0"
  WriteRegStr ${HIVE} "Software\Classes\${FILE_CLASS}\shell\open\command" "" '"$INSTDIR\audit-desktop.exe" "%1"'

  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\audit-desktop.exe"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "EstimatedSize" $0
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  SetShellVarContext ${CONTEXT}
  SetRegView 64
  !insertmacro RefuseWhileRunning
  !insertmacro RemoveProgram
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  ; Somebody may have given audit files to another program since.
  ReadRegStr $0 ${HIVE} "Software\Classes\.audit" ""
  ${If} $0 == "${FILE_CLASS}"
    DeleteRegValue ${HIVE} "Software\Classes\.audit" ""
    DeleteRegValue ${HIVE} "Software\Classes\.audit" "Content Type"
  ${EndIf}
  DeleteRegValue ${HIVE} "Software\Classes\.audit\OpenWithProgids" "${FILE_CLASS}"
  DeleteRegKey /ifempty ${HIVE} "Software\Classes\.audit\OpenWithProgids"
  DeleteRegKey /ifempty ${HIVE} "Software\Classes\.audit"
  DeleteRegKey ${HIVE} "Software\Classes\${FILE_CLASS}"
  DeleteRegKey ${HIVE} "${UNINSTALL_KEY}"
  ${RefreshShellIcons}
  SetShellVarContext current
  MessageBox MB_OK|MB_ICONINFORMATION "${PRODUCT} has been removed. Your audits are where you saved them.$\r$\n$\r$\nEarlier copies, what was not yet saved, logs and preferences were left in$\r$\n$LOCALAPPDATA\audit-desktop$\r$\nDelete that folder if you no longer need them." /SD IDOK
SectionEnd
