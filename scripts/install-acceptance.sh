#!/usr/bin/env bash
# Installs from Debian what the acceptance tests need and this machine does not have. Runs before `npm test`; does
# nothing when everything is there, and never fails: what cannot be installed is named, and the tests that need it
# are then skipped by name (test/acceptance/support/needs.ts).
set -u

# command (found also in /usr/sbin and the like) and the package that has it
needed='
/usr/lib/thunderbird/thunderbird-bin thunderbird
Xvfb xvfb
xdotool xdotool
ip iproute2
unshare util-linux
mount mount
strace strace
'

PATH="$PATH:/usr/sbin:/sbin"
missing=()
while read -r tool package; do
  [ -z "$tool" ] || command -v "$tool" >/dev/null || missing+=("$package")
done <<<"$needed"
[ ${#missing[@]} -eq 0 ] && exit 0

cannot() {
  echo "acceptance tests: not installed, $1: ${missing[*]}"
  exit 0
}

[ -r /etc/debian_version ] && command -v apt-get >/dev/null || cannot 'this is no Debian'
[ "$(id -u)" -eq 0 ] || cannot 'that needs root'

echo "acceptance tests: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt=(apt-get -q -y -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Dpkg::Use-Pty=0)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${apt[@]}" update >"$log" 2>&1 || cannot "$(tail -n 1 "$log")"
# One by one: one that cannot be had must not keep out the others.
failed=()
for package in "${missing[@]}"; do
  "${apt[@]}" install --no-install-recommends "$package" >"$log" 2>&1 </dev/null && continue
  failed+=("$package")
  tail -n 2 "$log"
done
missing=("${failed[@]}")
[ ${#missing[@]} -eq 0 ] || cannot 'apt-get could not'
