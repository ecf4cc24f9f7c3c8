#!/bin/sh
# Three generations of a web shop: a first visit; four repairs; then another profile and a newer questionnaire.
# Takes PRIVAUDIT (the program), PRIVAUDIT_STORE, COPY (a folder for a copy of the store) and answers.csv here: "yes" to
# whatever can be answered so. The copy goes from the second visit to the third one step at a time.
set -eu
p="$PRIVAUDIT"

$p new "Boutique Élan" --on 2025-03-10
$p answer boutique-elan --from answers.csv
for fact in profile.markets=france profile.size=h_1_9 profile.presence=site,form,shop profile.sales=consumers,redirect \
    profile.trackers=stats profile.suppliers=s_1_5; do
    $p answer boutique-elan "${fact%%=*}" "${fact#*=}"
done
# What is asked only once there is a customer area was answered ahead of time.
for question in choice.trackers.prior secure.updates.supported policy.recipients complaints.log \
    audit.need.purpose policy.identity secure.auth.storage; do
    $p answer boutique-elan "$question" no --evidence seen
done
$p actions set boutique-elan choice.trackers.prior --owner "Agence" --due 2025-04-01 --status planned
$p actions set boutique-elan audit.need.purpose --owner "Ana" --due 2025-06-01

$p new boutique-elan --on 2025-09-10
for question in choice.trackers.prior secure.updates.supported policy.recipients complaints.log; do
    $p answer boutique-elan "$question" yes --note "mended since" --evidence tested
done

$p questionnaires export seven-steps newer
sed -i.bak -e 's/version: "1.0.0"/version: "2.0.0"/' newer/questionnaire.ron
# The first question of the step weighs more, the second is worded otherwise.
awk '!done && sub(/risk: \(severity: 3, likelihood: 3\)/, "risk: (severity: 4, likelihood: 4)") { done = 1 } { print }' \
    newer/1-audit.ron |
    sed -e 's/what it is for today/what exactly it is for today/' -e 's/à quoi elle sert aujourd’hui/à quoi elle sert exactement/' >newer/1.new
mv newer/1.new newer/1-audit.ron
rm newer/*.bak
$p check newer

cp -R "$PRIVAUDIT_STORE" "$COPY"
$p --store "$COPY" upgrade boutique-elan@2025-09-10 --questionnaire newer
$p --store "$COPY" score boutique-elan --json >by-questionnaire.json
$p --store "$COPY" answer boutique-elan profile.presence site,form,shop,account
$p --store "$COPY" score boutique-elan --json >by-scope.json

$p upgrade boutique-elan@2025-09-10 --questionnaire newer --on 2026-03-10
$p answer boutique-elan profile.presence site,form,shop,account
$p answer boutique-elan policy.identity yes
$p answer boutique-elan complaints.owner no
