# Sourced by tools/quickstart, tools/test and .ci/run: installs what is missing and builds. Asks nothing.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== %s\n' "$*"; }

# Installs the packages of the named groups (build, test, monitor, style) of tools/packages that are missing.
install_packages() {
    local missing=() group package meaning wanted=" $* "
    while read -r group package meaning; do
        [[ -z $group || $group == \#* || $wanted != *" $group "* ]] && continue
        [[ $group == monitor ]] && command -v "$package" >/dev/null && continue
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] && continue
        missing+=("$package")
        printf '  missing: %-20s %s\n' "$package" "$meaning"
    done <"$root/tools/packages"
    if [[ ${#missing[@]} -eq 0 ]]; then
        echo "All Debian packages are there."
        return
    fi
    local as_root=()
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            echo "Packages are missing and can only be installed by root: apt-get install ${missing[*]}" >&2
            exit 3
        fi
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} Debian packages (apt-get, without recommended ones)"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build_preset PRESET ON|OFF [target...]: configures with or without tests, then builds. With tests, warnings are errors.
build_preset() {
    local preset=$1 tests=$2 log
    shift 2
    log=$(mktemp)
    (cd "$root" && cmake --preset "$preset" -DINSTROOM_TESTS="$tests" -DINSTROOM_WERROR="$tests" -DINSTROOM_PCH=ON) >"$log" 2>&1 || {
        cat "$log" >&2
        exit 1
    }
    rm -f "$log"
    (cd "$root" && cmake --build --preset "$preset" ${1:+--target "$@"})
}
