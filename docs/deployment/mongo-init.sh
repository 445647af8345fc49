#!/usr/bin/env bash
set -euo pipefail
root=$(cat /run/secrets/mongo-root)
admin() { mongosh --quiet "mongodb://root:$root@mongo-1/admin?directConnection=true" --eval "$1"; }

for _ in $(seq 1 60); do
  admin 'db.hello().ok' >/dev/null 2>&1 && break
  sleep 2
done
admin 'try { rs.status() } catch { rs.initiate({_id: "rs0", members: [1, 2, 3].map((n) => ({_id: n, host: `mongo-${n}:27017`}))}) }'
for _ in $(seq 1 60); do
  [ "$(admin 'db.hello().isWritablePrimary')" = true ] && break
  sleep 2
done
admin 'if (db.getUser("service") === null) db.createUser({user: "service", pwd: process.env.SERVICE_PASSWORD, roles: [{role: "readWrite", db: "numero"}]})'
