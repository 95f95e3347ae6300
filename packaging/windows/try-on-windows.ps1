# On Windows, as an administrator: each installer from installation to removal, as packaging/try_windows.py does it
# under Wine, and what only Windows can prove: rights of folders, policies, the window that closes when it is asked to.
param([Parameter(Mandatory)] [string] $Packages)
$ErrorActionPreference = "Stop"

function Require([bool] $Holds, [string] $Why) { if (-not $Holds) { throw $Why } }

function Run([string] $Program, [string[]] $Words) {
    return (Start-Process -FilePath $Program -ArgumentList $Words -Wait -PassThru).ExitCode
}

$setup = (Get-ChildItem $Packages -Filter "*-setup.exe").FullName
$msi = (Get-ChildItem $Packages -Filter "*.msi").FullName
$passphrase = "$env:TEMP\passphrase.txt"
Set-Content -Path $passphrase -Value "orchard lantern violet harbour" -Encoding ascii
$records = "$env:TEMP\records"

# --- for one person
$folder = "$env:LOCALAPPDATA\Programs\Aftercare"
$program = "$folder\aftercare-cli.exe"
Require ((Run $setup @("/S", "/CURRENTUSER", "/LOG=$env:TEMP\setup.log")) -eq 0) "setup.exe did not install"
& $program self-test
Require ($LASTEXITCODE -eq 0) "the self-test failed"
& $program demo --vault $records --survivors 24 --passphrase-file $passphrase
Require ($LASTEXITCODE -eq 0) "no records were made"
$others = (Get-Acl $records).Access | Where-Object { $_.IdentityReference -match "Users|Everyone|Authenticated" }
Require (-not $others) "others may look into the folder of the records: $others"
$window = Start-Process -FilePath "$folder\aftercare.exe" -ArgumentList @("--vault", $records) -PassThru
Start-Sleep -Seconds 15
Require ((Run $setup @("/S", "/CURRENTUSER")) -eq 0) "it did not install over itself while the window was open"
Require ($window.WaitForExit(30000)) "the window did not close when it was asked to"
& $program verify --vault $records --passphrase-file $passphrase
Require ($LASTEXITCODE -eq 0) "the records are not sound"
Require ((Run $setup @("/S", "/ALLUSERS", "/CURRENTUSER")) -eq 2) "it took switches that exclude each other"
Require ((Run "$folder\uninstall.exe" @("/S", "_?=$folder")) -eq 0) "it was not removed"
Require (-not (Test-Path $program)) "files are left behind"
Require (Test-Path $records) "the records went with the program"
Remove-Item -Recurse -Force $folder

# --- for everybody
Require ((Run "msiexec.exe" @("/i", "`"$msi`"", "/qn", "/l*v", "`"$env:TEMP\msi.log`"")) -eq 0) "the MSI did not install"
$program = "$env:ProgramFiles\Aftercare\aftercare-cli.exe"
& $program self-test
Require ($LASTEXITCODE -eq 0) "the self-test failed"
& $program verify --vault $records --passphrase-file $passphrase
Require ($LASTEXITCODE -eq 0) "the records are not found again"
Require ((Run $setup @("/S", "/ALLUSERS")) -eq 8) "setup.exe installed over the MSI"
New-Item -Path "HKLM:\Software\Policies\Aftercare" -Force | Out-Null
New-ItemProperty -Path "HKLM:\Software\Policies\Aftercare" -Name PasswordLeastCharacters -Value 60 -PropertyType DWord | Out-Null
& $program init --vault "$env:TEMP\other" --login anna --name "Anna Example" --passphrase-file $passphrase --recovery-file "$env:TEMP\code.txt"
Require ($LASTEXITCODE -eq 1) "a password shorter than the policy asks was taken"
Remove-Item -Path "HKLM:\Software\Policies\Aftercare" -Recurse
$window = Start-Process -FilePath "$env:ProgramFiles\Aftercare\aftercare.exe" -ArgumentList @("--vault", $records) -PassThru
Start-Sleep -Seconds 15
Require ((Run "msiexec.exe" @("/fa", "`"$msi`"", "/qn")) -eq 0) "the MSI did not repair"
Require ($window.WaitForExit(60000)) "Restart Manager did not close the window"
Require ((Run "msiexec.exe" @("/x", "`"$msi`"", "/qn")) -eq 0) "the MSI was not removed"
Require (-not (Test-Path $program)) "files are left behind"
Require (Test-Path $records) "the records went with the program"

# --- group policy: the templates are well formed
Expand-Archive -Path (Get-ChildItem $Packages -Filter "*-group-policy.zip").FullName -DestinationPath "$env:TEMP\templates"
[xml](Get-Content "$env:TEMP\templates\aftercare.admx") | Out-Null
[xml](Get-Content "$env:TEMP\templates\en-US\aftercare.adml") | Out-Null
Write-Output "every installer did what it promises"
