@echo off
setlocal
set ELECTRON_RUN_AS_NODE=1
if "%CTS_NODE%"=="" set CTS_NODE=node
"%CTS_NODE%" "%~dp0..\..\dist\cts.cjs" %*
