#!/usr/bin/env bash
# Starts a server that speaks MongoDB's protocol, for the contract tests, and prints its address.
# Exit 3, with one line on why, when there is none to be had. The caller ends it: kill "$(cat "$1/pid")".
set -u
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder/data"

wait_for() { # pattern file: at most 60 s
  for _ in $(seq 1 120); do
    grep -qE "$1" "$2" 2>/dev/null && return 0
    sleep 0.5
  done
  return 1
}

if command -v mongod >/dev/null 2>&1; then
  port=$((20000 + RANDOM % 20000))
  mongod --dbpath "$folder/data" --port "$port" --bind_ip 127.0.0.1 >"$folder/log" 2>&1 &
  echo $! >"$folder/pid"
  wait_for 'Waiting for connections' "$folder/log" || { echo 'mongod did not start'; exit 3; }
  echo "mongodb://127.0.0.1:$port/"
  exit 0
fi

command -v mvn >/dev/null 2>&1 || { echo 'no mongod, and no Maven to bring a stand-in'; exit 3; }
if ! timeout 300 mvn -q -B -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath \
  -Dmdep.outputFile="$folder/classpath" >"$folder/mvn.log" 2>&1; then
  echo 'no mongod, and Maven Central does not answer'
  exit 3
fi
javac -d "$folder/classes" -cp "$(cat "$folder/classpath")" "$here/TestServer.java" || { echo 'the stand-in does not compile'; exit 3; }
java -cp "$folder/classes:$(cat "$folder/classpath")" TestServer >"$folder/log" 2>&1 &
echo $! >"$folder/pid"
wait_for '^listening ' "$folder/log" || { echo 'the stand-in did not start'; exit 3; }
echo "mongodb://127.0.0.1:$(sed -n 's/^listening //p' "$folder/log")/"
