#!/usr/bin/env bash
# Check every booking of a CSV file: a row of figures for each on standard output.
#
#   audit.sh [BOOKINGS.csv] [watch|caution|avoid]
#
# Exit code: 0 nothing found; 1 a booking reaches the level (caution by default) or cannot be
# answered; 2 a row could not be checked at all, which is said on standard error.
# Needs bash, POSIX tools, and routecheck. Fields must not contain commas or line breaks.
set -u

bookings=${1:-"$(dirname "$0")/bookings.csv"}
level=${2:-caution}
[ -r "$bookings" ] || { echo "audit.sh: cannot read $bookings" >&2; exit 2; }

errors=$(mktemp) || exit 2
trap 'rm -f "$errors"' EXIT

header='' found=0 failed=0
while IFS=, read -r booking traveller flight origin destination date || [ -n "$booking" ]; do
    row=$(routecheck "$origin" "$destination" --date "$date" --format csv \
        --fail-at "$level" </dev/null 2>"$errors")
    case $? in
        0) ;;
        1) found=1 ;;
        130) exit 130 ;;
        *)
            failed=1
            echo "$booking ($flight, $traveller): $(head -n 1 "$errors")" >&2
            continue
            ;;
    esac
    if [ -z "$header" ]; then
        header=$(printf '%s\n' "$row" | head -n 1)
        printf 'booking,flight,%s\n' "$header"
    fi
    printf '%s,%s,%s\n' "$booking" "$flight" "$(printf '%s\n' "$row" | tail -n 1)"
done < <(tail -n +2 "$bookings" | tr -d '\r')

[ "$failed" -eq 0 ] || exit 2
exit "$found"
