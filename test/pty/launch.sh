# Runs a command on the pseudo-terminal that script(1) opened, and leaves notes for the harness in a folder:
# which terminal it is, the command's process id, and the terminal's modes before and after.
folder=$1
rows=$2
columns=$3
shift 3
stty rows "$rows" cols "$columns"
tty >"$folder/tty"
stty -g >"$folder/before"
sh -c 'echo $$ >"$0/pid.new"; mv "$0/pid.new" "$0/pid"; exec "$@"' "$folder" "$@"
code=$?
stty -g >"$folder/after"
exit $code
