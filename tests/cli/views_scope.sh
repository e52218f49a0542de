# SPDX-License-Identifier: MIT
# The sentences that a model of attribution looks at: given, or chosen; a name that is none is refused.
printf '⟦v1|Ada Obi|bridge|skeptical:The plan for the bridge is dead⟧, ⟦s1:Ada Obi⟧ ⟦c1:said⟧ on Monday.\n' >marked.txt
"$STANCE" train --views --scope quotations,cues marked.txt -o m.stance | grep '^looks'
"$STANCE" train --views --scope none marked.txt -o m.stance | grep '^looks'
"$STANCE" train --views marked.txt -o m.stance | grep '^looks'
"$STANCE" train --views --scope quotes marked.txt -o n.stance
status=$?
ls n.stance 2>/dev/null
exit $status
