# Functions that the launcher and bench/run share. Sourced; expects "here", the repository's root.
# shellcheck shell=bash

readonly MIN_JAVA=21

say() { printf '%s\n' "$*" >&2; }

java_version() { # the major version of the JDK in folder $1, or nothing
  # A folder without a release file is not a JDK. It may be a stub, such as macOS has in /usr/bin.
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
  fi
}

is_suitable() {
  local version
  version=$(java_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$MIN_JAVA" ]
}

choose_jdk() { # sets JAVA_HOME to the JDK to use: the user's own choice first, then the newest found
  if [ -n "${JAVA_HOME:-}" ] && is_suitable "$JAVA_HOME"; then
    return
  fi
  local on_path candidate version best=0
  on_path=$(command -v javac || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    candidate=$(dirname "$(dirname "$on_path")")
    if is_suitable "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  fi
  unset JAVA_HOME
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*; do
    version=$(java_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$MIN_JAVA" ] && [ "$version" -gt "$best" ]; then
      best=$version
      export JAVA_HOME=$candidate
    fi
  done
  [ -n "${JAVA_HOME:-}" ]
}

find_jdk() {
  if ! choose_jdk; then
    say "Touchstone needs a JDK of version $MIN_JAVA or newer. None was found in JAVA_HOME, on the PATH or in the usual folders."
    say "Install one (Debian, Ubuntu: apt install openjdk-21-jdk; macOS: brew install openjdk; any system: https://adoptium.net), or set JAVA_HOME."
    exit 4
  fi
  # From JDK 24 on, Maven's libraries make it print warnings unless they have these permissions. Older ones do not know the second.
  if [ "$(java_version "$JAVA_HOME")" -ge 24 ]; then
    case "${MAVEN_OPTS:-}" in
      *--sun-misc-unsafe-memory-access*) ;;
      *) export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" ;;
    esac
  fi
}

with_clock() { # runs a command; once a second adds a line to its output that says so
  (while sleep 1; do echo TICK; done) &
  local clock=$! status=0
  "$@" 2>&1 || status=$?
  kill "$clock" 2>/dev/null || true
  return "$status"
}

show_progress() { # reads Maven's output; shows the modules, and on a terminal a line that moves
  local line module="Starting Maven" files=0 seconds=0
  while IFS= read -r line; do
    case "$line" in
      TICK) seconds=$((seconds + 1)) ;;
      *"Downloaded from "*) files=$((files + 1)) ;;
      "[INFO] Building Touchstone "[!0-9]*" ["*)
        module=$(printf '%s\n' "$line" | sed -n 's/^\[INFO\] Building \(Touchstone .*\) [0-9][^ ]* *\[\(.*\)\]$/[\2] \1/p')
        if [ ! -t 2 ]; then say "  $module"; fi
        ;;
      *) continue ;;
    esac
    if [ -t 2 ]; then
      printf '\r\033[K  %s, %d files downloaded, %d:%02d' "$module" "$files" $((seconds / 60)) $((seconds % 60)) >&2
    fi
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

maven() { # builds with progress; $1 is the log, the rest are Maven's arguments
  local log=$1 transfers=--no-transfer-progress
  shift
  if [ -t 2 ]; then transfers=; fi
  mkdir -p "$(dirname "$log")"
  # shellcheck disable=SC2086 # no word, or one
  if ! (cd "$here" && with_clock ./mvnw -B $transfers "$@") </dev/null | tee "$log" | show_progress || ! grep -q 'BUILD SUCCESS' "$log"; then
    say "The build failed:"
    { grep -E '^\[ERROR\]' "$log" || grep -v '^TICK$' "$log" | tail -20; } | head -20 >&2
    return 1
  fi
}
