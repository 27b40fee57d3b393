# SPDX-License-Identifier: MIT
# same.awk PRINT_F32 PRINT_F64: from Frama-C's print of the header in both precisions, its functions, one a line, with "same" where the proof
# is the same text in both: body and contract are equal, letter by letter, and so is everything that they name, and what that names in
# turn (callees with their contracts, predicates, types, tables). A function that differs itself, or names something that does, is "own".
function names_of(text, kind,   n) { # the names an item defines
  delete defined; n = 0
  if (kind == "logic") {
    while (match(text, /(predicate|logic|lemma|axiomatic|inductive)[ \n]+/)) {
      text = substr(text, RSTART + RLENGTH)
      if (match(text, /medsgd[A-Za-z0-9_]*[ \n]*[{(=:]/)) { defined[++n] = substr(text, RSTART, RLENGTH); sub(/[^A-Za-z0-9_].*/, "", defined[n]) } }
    return n }
  if (match(text, /^(typedef )?(struct|enum) [A-Za-z0-9_]+ [{]/)) {
    sub(/^(typedef )?(struct|enum) /, "", text); sub(/ .*/, "", text); defined[1] = text; return 1 }
  if (kind == "type") { sub(/(\[.*)?;.*/, "", text); sub(/.*[^A-Za-z0-9_]/, "", text); defined[1] = text; return 1 }
  while (match(text, /__attribute__\(\([^()]*\)\)/)) text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
  if (match(text, /\( *medsgd[A-Za-z0-9_]*\)/) && RSTART == index(text, "(")) text = substr(text, RSTART + 1, RLENGTH - 2) "("
  sub(/[ \n]*(\(|\[|=|;).*/, "", text); sub(/.*[^A-Za-z0-9_]/, "", text); defined[1] = text; return 1 }
function finish(   code, kind, i, n) {
  if (item !~ /[A-Za-z]/) { item = ""; return }
  code = item; gsub(/\/\*@[^*]*(\*+[^*\/][^*]*)*\*+\//, "", code); sub(/^[ \n]+/, "", code)
  kind = code ~ /[A-Za-z]/ ? (code ~ /^typedef/ ? "type" : "code") : "logic"
  n = names_of(kind == "logic" ? item : code, kind)
  for (i = 1; i <= n; i++) {
    body[file, defined[i]] = body[file, defined[i]] item
    all[defined[i]] }
  if (kind == "code" && code ~ /\n[{]/) functions[defined[1]]
  item = "" }
FNR == 1 { file++ }
/^#/ { next }
{ line = $0
  item = item line "\n"
  while (match(line, /\/\*|\*\/|[{}]/)) {
    token = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
    if (token == "/*") comment = 1; else if (token == "*/") comment = 0
    else if (!comment) depth += token == "{" ? 1 : -1 }
  if (!comment && depth == 0 && ($0 == "" || $0 ~ /;$/ || $0 == "}" )) finish() }
END {
  for (name in all) if (body[1, name] != body[2, name]) differs[name] = 1
  for (name in all) { # whom it names
    rest = body[1, name]
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
      word = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
      if (word in all && word != name && !((word, name) in seen)) { seen[word, name]; user[word, ++users[word]] = name } } }
  for (name in differs) stack[++top] = name
  while (top) {
    name = stack[top--]
    for (i = 1; i <= users[name]; i++) if (!(user[name, i] in differs)) { differs[user[name, i]] = 1; stack[++top] = user[name, i] } }
  for (name in functions) print name, name in differs ? "own" : "same" }
