#!/bin/sh
# One of the five commonest tasks (docs/keys.md), typed key by key into a terminal of tmux; prints what stood on its screen.
#
#     plazo up --home ~/plazo-tour                                  # in another terminal
#     PLAZO_HOME=~/plazo-tour examples/keys.sh fax|attach|call|next|deny
set -eu
task=${1:?fax, attach, call, next or deny} case=
precert=$(cd "$(dirname "$0")/precert" && pwd)
cd "$(mktemp -d)"
cp "$precert/documents/02-order.txt" order.txt
{ cat "$precert/documents/02-previous-study.txt"; date; } > study.txt  # another paper each time

tmux() { command tmux -L "plazo-keys-$$" "$@"; }
keys() { for line; do tmux send-keys -l -- "$line"; tmux send-keys Enter; done; }
opened() { plazo precert submit "$precert/$1" --received "$(date -u +%FT%TZ)" --as ic-santos | cut -d' ' -f1 | head -1; }

case $task in
fax) who=ic-santos ;;
attach | call) who=ic-santos case=$(opened 02-nurse-approval.json) ;;
next) who=rn-colon case=$(opened 02-nurse-approval.json) ;;
deny) who=md-vega case=$(opened 03-physician-denial.json) ;;
esac

four=${case#"${case%????}"}
PLAZO_STAFF=$who tmux new-session -d -x 150 -y 50 'exec sh'
tmux set-option -g remain-on-exit on
if [ "$task" != fax ]; then keys "echo $case | plazo find"; fi  # row 1 of what follows
day=$(TZ=America/Puerto_Rico date +%m/%d)
case $task in
fax)
    keys "plazo intake order.txt study.txt" mcs-c MCS-100002 "" "" "" 71260 R91.1 "" 1000000020 1000000038 "" "" "K-$$" "$day" \
        "A nodule on a chest film; the study is to measure it." "1 med $day 4" "2 prev $day 1 5" "" o
    ;;
attach) keys "plazo attach 1 study.txt" prev "$day" ;;
call) keys "plazo where" m "$four" y "" "" "" ;;
next) keys "plazo next" "" ;;
deny) keys "plazo deny 1" 1 1 "$four" ;;
esac
keys exit
until [ "$(tmux list-panes -F '#{pane_dead}')" = 1 ]; do sleep 0.2; done
tmux capture-pane -p -S - | grep -v '^$'
tmux kill-server
