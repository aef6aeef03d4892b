#!/bin/sh
# `make demo`: the sample brochures of raw/ into a warehouse, three missions of it, and where to go next.
set -eu
carnet=$1
say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
[ -t 1 ] || say() { printf '\n%s\n' "$1"; }

say "1. Reading the brochures in raw/"
"$carnet" ingest raw/

say "2. Three missions, each value with the words and the page it stands on"
ids=$("$carnet" sql --format csv "SELECT mission_id FROM missions WHERE amount IS NOT NULL AND len(results) > 0
  QUALIFY row_number() OVER (PARTITION BY brochure ORDER BY ordinal) <= 2 ORDER BY brochure, ordinal LIMIT 3" | tail -n +2)
for id in $ids; do
  printf '\n'
  "$carnet" show "$id"
done

say "3. What needs a human look"
"$carnet" sql "SELECT origin, severity, code, count(*) AS findings, any_value(message) AS example FROM findings
  GROUP BY ALL ORDER BY ALL"

say "Where to go next"
cat <<TXT
  $carnet findings                                         each of them, worst first
  $carnet missions --client-type commune --since 2020      filter the missions
  $carnet sql "SELECT client_type, count(*), sum(amount) FROM missions GROUP BY ALL"
  $carnet ingest your-brochure.pdf                         read one of yours
  $carnet --help                                           all commands; README.md has the rest

See it in the browser, each value beside the page it was read from (docs/review.png), and put it online:
  $carnet serve --open
  $carnet site public
TXT
