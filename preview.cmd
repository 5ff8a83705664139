@echo off
rem Double-click: makes the environment the first time, then opens the preview in the browser.
chcp 65001 >nul
cd /d "%~dp0"
set PYTHON=python
where py >nul 2>nul && set PYTHON=py -3
%PYTHON% run.py serve --open %*
if errorlevel 9009 echo 没有找到 Python。请到 https://www.python.org/downloads/ 下载安装（勾上 Add python.exe to PATH），再双击一次。
if errorlevel 1 pause
