# ./touchstone doctor: what this machine has and lacks. Sourced by the launcher.
# shellcheck shell=bash

broken=0

finding() { # prints one line: a mark (ok, lack or FAIL), the thing, what was found
  printf '%-5s %-18s %s\n' "$1" "$2" "$3"
  if [ "$1" = FAIL ]; then broken=1; fi
}

central() { # the repository that Maven downloads from: a mirror in the user's settings, or Maven Central
  local mirror
  mirror=$(sed -n '/<mirror>/,/<\/mirror>/s/.*<url>\(.*\)<\/url>.*/\1/p' "$HOME/.m2/settings.xml" 2>/dev/null | head -1)
  echo "${mirror:-https://repo.maven.apache.org/maven2}"
}

examine_jdk() {
  if choose_jdk; then
    finding ok JDK "$(java_version "$JAVA_HOME") in $JAVA_HOME"
  else
    finding FAIL JDK "none of version $MIN_JAVA or newer was found. Install one (Debian, Ubuntu: apt install openjdk-21-jdk; macOS: brew install openjdk; any system: https://adoptium.net), or set JAVA_HOME."
  fi
}

examine_node() {
  local version
  version=$(node --version 2>/dev/null || true)
  if [ -z "$version" ]; then
    finding lack Node "not found. synth, diff, deploy, destroy and the tests of the deployment need version 20 or newer: https://nodejs.org"
  elif [ "$(echo "$version" | sed 's/^v\([0-9]*\).*/\1/')" -lt 20 ]; then
    finding lack Node "$version. synth, diff, deploy, destroy and the tests of the deployment need version 20 or newer: https://nodejs.org"
  else
    finding ok Node "$version"
  fi
}

examine_disk() { # a build needs some 2 GB, libraries included; models need up to 5 GB more
  local free
  free=$(df -Pk "$here" | awk 'NR == 2 { print int($4 / 1048576) }')
  if [ "$free" -lt 2 ]; then
    finding FAIL Disk "$free GB free. A build needs 2 GB: make room."
  elif [ "$free" -lt 8 ]; then
    finding lack Disk "$free GB free. A build needs 2 GB, and all models together 5 GB more."
  else
    finding ok Disk "$free GB free"
  fi
}

examine_mirror() {
  local url
  url=$(central)
  # An address may carry a password; only its host is shown.
  local host=${url#*://}
  host=${host%%/*}
  host=${host##*@}
  if ! command -v curl >/dev/null; then
    finding lack Libraries "$host was not asked, because curl is not installed. A first build downloads from there."
  elif curl -sSfL --max-time 15 -o /dev/null "${url%/}/org/apache/maven/maven/maven-metadata.xml" 2>/dev/null; then
    finding ok Libraries "$host answers"
  elif [ -r "$here/local/target/built" ]; then
    finding lack Libraries "$host does not answer. What is built runs; a changed dependency cannot be downloaded."
  else
    finding FAIL Libraries "$host does not answer, and a first build downloads from there. Check the network and the proxy, or name a mirror in ~/.m2/settings.xml (https://maven.apache.org/guides/mini/guide-mirror-settings.html)."
  fi
}

examine() {
  examine_jdk
  examine_node
  examine_disk
  examine_mirror
  if [ "${1:-}" = --no-build ]; then exit $((broken * 4)); fi
  if [ "$broken" -ne 0 ]; then
    say "The checks that need a build were left out."
    exit 4
  fi
  find_jdk
  build
  if [ -z "${AWS_REGION:-}" ] && [ -r "$here/touchstone.yaml" ]; then
    AWS_REGION=$(sed -n "s/^region:[[:space:]]*[\"']\{0,1\}\([a-z0-9-]*\).*/\1/p" "$here/touchstone.yaml" | head -1)
    if [ -n "$AWS_REGION" ]; then export AWS_REGION; else unset AWS_REGION; fi
  fi
  run doctor "$@"
}
