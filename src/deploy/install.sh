#!/bin/sh
# Installs the unpacked bundle without a network:  sh install.sh [--files-only] [folder, /opt/tuoyu when not given]
# Every file is checked first; a release is put beside the older ones and "current" is moved over to it in one step.
set -eu
files_only=no
if [ "${1:-}" = --files-only ]; then files_only=yes; shift; fi
target=${1:-/opt/tuoyu}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

if ! sha256sum --check --quiet --strict SHA256SUMS; then
  echo "The bundle is damaged or was changed; nothing was installed." >&2
  exit 1
fi
release=$target/releases/$(sha256sum SHA256SUMS | cut -c1-16)
mkdir -p "$target/releases"
if [ ! -d "$release" ]; then
  rm -rf "$release.part"
  mkdir -m 0755 "$release.part"
  # Only what was checked is installed.
  { cut -c67- SHA256SUMS; echo SHA256SUMS; } | tar --create --file=- --verbatim-files-from --files-from=- | tar --extract --file=- --directory="$release.part"
  chmod 0755 "$release.part/runtime/node"
  mv "$release.part" "$release"
fi
ln -sfn "$release" "$target/current.next"
mv -T "$target/current.next" "$target/current"
echo "Installed in $target/current"
if [ "$files_only" = yes ]; then exit 0; fi

id tuoyu >/dev/null 2>&1 || useradd --system --no-create-home --home-dir /var/lib/tuoyu --shell /usr/sbin/nologin tuoyu
install -d -m 0750 -o root -g tuoyu /etc/tuoyu
install -d -m 0700 -o tuoyu -g tuoyu /var/backups/tuoyu
if [ ! -e /etc/tuoyu/environment ]; then
  printf '%s\n' '# The public origin, for example https://tuoyu.example.cn' 'SITE_ORIGIN=' '# Made by: runtime/node src/cli/backup.ts --new-key <file>' 'BACKUP_RECIPIENT=' > /etc/tuoyu/environment
  chown root:tuoyu /etc/tuoyu/environment
  chmod 0640 /etc/tuoyu/environment
fi
install -m 0644 "$target/current/src/deploy/tuoyu.service" "$target/current/src/deploy/tuoyu-backup.service" "$target/current/src/deploy/tuoyu-backup.timer" /etc/systemd/system/
systemctl daemon-reload
echo "Fill in /etc/tuoyu/environment, then: systemctl enable --now tuoyu.service tuoyu-backup.timer"
