# Install, install again, look from inside, remove: on a Windows that has nothing of it. Not run yet.
param([Parameter(Mandatory)] [string] $Folder)
$ErrorActionPreference = "Stop"

$setup = Get-ChildItem "$Folder\CCR-Desktop-*-setup.exe" | Select-Object -First 1
$place = "$env:LOCALAPPDATA\Programs\CCR Desktop"
$entry = "HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\CCRDesktop"

function Test-That([bool] $Fact, [string] $What) {
    if (-not $Fact) { throw "Not so: $What" }
    Write-Host "OK: $What"
}

foreach ($time in "first", "second") {
    $done = Start-Process $setup -ArgumentList "/S", "/StartAtLogin" -Wait -PassThru
    Test-That ($done.ExitCode -eq 0) "the $time installation succeeds"
}
Test-That (Test-Path "$env:APPDATA\Microsoft\Windows\Start Menu\Programs\CCR Desktop.lnk") "the start menu has it"
$path = (Get-Item "HKCU:\Environment").GetValue("Path", "", "DoNotExpandEnvironmentNames")
Test-That (@($path.Split(";") | Where-Object { $_ -eq $place }).Count -eq 1) "the PATH names it once"
Test-That ((Get-ItemProperty $entry).DisplayName -eq "CCR Desktop") "it is listed"
& "$place\ccr.exe" --selftest
Test-That ($LASTEXITCODE -eq 0) "the program is whole"

# It goes on as a copy of itself, which -Wait does not see.
Start-Process "$place\uninstall.exe" -ArgumentList "/S" -Wait
$end = (Get-Date).AddMinutes(2)
while ((Test-Path $entry) -and (Get-Date) -lt $end) { Start-Sleep -Milliseconds 500 }
Test-That (-not (Test-Path $entry)) "it is not listed any more"
Test-That (-not (Test-Path "$place\ccr.exe")) "its files are gone"
$path = (Get-Item "HKCU:\Environment").GetValue("Path", "", "DoNotExpandEnvironmentNames")
Test-That ($path.Split(";") -notcontains $place) "the PATH does not name it"
