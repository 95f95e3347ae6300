"""What notes say: calm, professional, in the past tense, about the present and not about what was done to people."""

from __future__ import annotations

from aftercare.domain.demo.phrases import Grammar

_COMMON: dict[str, tuple[str, ...]] = {
    "mood": (
        "{She} {was} in good spirits",
        "{She} seemed tired but clear",
        "{She} {was} quieter than last week",
        "{She} laughed more than usual",
        "{She} {was} worried about {worry}",
        "{She} said the week had been {week}",
        "{She} came early and stayed for tea",
    ),
    "worry": (
        "the letter from the office",
        "money until the end of the month",
        "{of_her} family at home",
        "the weekend",
        "a call from an unknown number",
        "the waiting list",
    ),
    "week": ("calm", "long", "better than the last one", "full of appointments", "mixed: two good days, one hard one"),
    "ending": (
        "Next talk on {weekday}.",
        "{She} decides about it until {weekday}.",
        "We agreed to look at it again next week.",
        "{She} knows whom to call in the evening.",
        "Nothing else to do for now.",
        "Agreed: {she} calls, we follow up.",
        "To be raised at the next review.",
        "I told {her} that {she} can change {of_her} mind at any time.",
        "",
        "",
    ),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "hour": ("9:30", "10:00", "11:15", "14:00", "15:30", "16:45"),
    "count": ("two", "three", "four"),
    "through": (
        "",
        "",
        "",
        "With interpreter by phone. ",
        "Interpreter present. ",
        "In English, slowly, it went well. ",
    ),
    "helped": ("{She} filled in most of the form {herself}", "We filled in the form together", "I explained the form"),
    "asked": (
        "{She} asked how long it takes",
        "{She} asked whether someone could come along",
        "{She} asked to have it in writing",
        "{She} asked what happens if {she} {changed}",
        "{She} asked who gets to read it",
    ),
    "changed": ("changed {of_her} mind", "missed a day", "moved to another town", "needed more time"),
    "thanks": (
        "{She} thanked the night staff",
        "{She} brought bread for everyone",
        "{She} helped a new resident settle in",
    ),
}

_HOUSING: dict[str, tuple[str, ...]] = {
    "housing": (
        "{through}{viewing} {found} {ending}",
        "{through}Talked about {of_her} room. {room} {ending}",
        "{house} {mood}. {ending}",
        "{through}{helped} for {rent}. {asked}. {ending}",
        "Call with {provider}: {answer}. {ending}",
    ),
    "viewing": (
        "Viewed a room with {provider}.",
        "Second viewing in the {part} of town.",
        "Saw {count} rooms in one afternoon.",
        "Walked the way from the bus stop to the house, by daylight and at dusk.",
    ),
    "part": ("north", "old part", "east", "quiet part"),
    "found": (
        "Lock and lighting checked; the street is busy until late, which {she} likes.",
        "The door does not lock from inside; we asked for a new lock.",
        "{She} liked the window to the yard. Kitchen is shared by {count}.",
        "The room is small but warm. Neighbours greeted us.",
        "The landlord asked many questions; {she} felt watched and said no.",
        "Phone signal is good in every room.",
    ),
    "room": (
        "{She} sleeps better since the bed stands by the wall.",
        "The heating was repaired; the window still sticks.",
        "{She} asked for a key to the cupboard and got one.",
        "Noise from the corridor after ten; house meeting will talk about it.",
        "{She} would rather stay another month than move in a hurry.",
        "{She} put up photographs.",
    ),
    "house": (
        "{thanks}.",
        "House meeting: cooking days, visitors, quiet after ten. {She} spoke twice.",
        "Kitchen rota agreed.",
        "Handover: quiet night.",
        "{She} went out in the afternoon and was back at the agreed time.",
    ),
    "rent": ("rent support", "the deposit fund", "a place on the waiting list", "the move-in grant"),
    "answer": (
        "a room may be free from the first of the month",
        "they need proof of income",
        "still waiting, we are third on the list",
        "they accept our guarantee for the deposit",
        "no answer yet, will call back on {weekday}",
    ),
}

_HEALTH: dict[str, tuple[str, ...]] = {
    "health": (
        "{through}Accompanied {her} to {provider}. {clinic} {ending}",
        "{She} {sleep}. {mood}. {ending}",
        "Call from {provider}: {result}. {ending}",
        "{through}Talked about {topic}. {asked}. {ending}",
        "{through}{topic_first} {ending}",
    ),
    "clinic": (
        "The doctor took time and explained every step before doing it.",
        "Waiting time {count} hours; next time we ask for the first appointment.",
        "A woman doctor, as asked for. Next check in six weeks.",
        "{She} went in alone and was proud of it.",
        "New prescription; the pharmacy explained it with a drawing.",
        "Blood was taken, results by post to the office.",
    ),
    "sleep": (
        "slept five nights of seven, by {of_her} own count",
        "slept badly before the hearing, better since",
        "went for a walk every morning this week",
        "ate with the others again",
        "asked for a lamp for the night",
        "had headaches on two days",
    ),
    "result": (
        "all values in order",
        "the appointment was moved to {weekday}",
        "the referral has arrived",
        "they ask for the insurance number",
        "vaccination is complete",
    ),
    "topic": ("sleep", "teeth", "glasses", "the health card", "what to do on bad days", "exercise and food"),
    "topic_first": (
        "{She} wants to go on with counselling and says it helps.",
        "{She} does not want medicine for sleep and prefers the breathing exercise.",
        "Toothache since {weekday}; emergency dentist booked for {hour}.",
        "We looked for a sports group where no one asks questions.",
    ),
    "health_counselling": (
        "Counselling session. {session} {session_end}",
        "Session at {provider}. {session} {session_end}",
        "{through}Individual session, {count} quarters of an hour. {session} {session_end}",
    ),
    "session": (
        "Worked on sleep and on what helps in the evening.",
        "{She} chose the subject: anger, and where to put it.",
        "{She} did not want to talk much; we drew a map of safe places.",
        "Practised the grounding exercise, which {she} now does alone.",
        "Talked about trust and about saying no.",
        "{She} spoke of home; nothing to pass on.",
        "Looked back at the last months: what has become easier.",
        "A difficult anniversary is near; we planned the day.",
    ),
    "session_end": (
        "{She} left calmer than {she} came.",
        "Next session in a week.",
        "No sign of acute risk.",
        "{She} asked for a shorter session next time.",
        "Agreed signs at which {she} calls.",
        "",
    ),
}

_EDUCATION: dict[str, tuple[str, ...]] = {
    "education": (
        "{through}{course} {teacher} {ending}",
        "Call with {provider}: {school}. {ending}",
        "{through}{learn}. {asked}. {ending}",
        "{She} showed me {shown}. {mood}.",
    ),
    "course": (
        "Attended all sessions this week.",
        "Missed one day because of {because}.",
        "First week in the new group.",
        "{She} reads short texts alone now.",
        "The placement test went better than {she} had feared.",
    ),
    "because": ("the appointment at the office", "a bad night", "the bus", "a cold", "the hearing"),
    "teacher": (
        "The teacher says {she} learns quickly.",
        "Homework is easier in the afternoon, when the room is quiet.",
        "{She} sits beside a woman from {of_her} region; they study together.",
        "The group is mixed and friendly.",
        "{She} would like more grammar and less singing.",
    ),
    "school": (
        "attendance letter will be sent",
        "a place in the next level from the first of the month",
        "the certificate can be collected on {weekday}",
        "they need a copy of the permit",
        "books are paid for by the fund",
    ),
    "learn": (
        "Practised a phone call to an office",
        "Looked at evening classes together",
        "{She} wants to finish school and asked what is needed",
        "Talked about which certificate is recognised here",
        "Wrote {of_her} first e-mail to the teacher",
    ),
    "shown": ("{of_her} notebook", "the test with 18 of 20 points", "a letter {she} had written", "the library card"),
}

_EMPLOYMENT: dict[str, tuple[str, ...]] = {
    "employment": (
        "{through}{work} {ending}",
        "{through}{job} {check} {ending}",
        "Call with {provider}: {employer}. {ending}",
        "{mood}. {work} {ending}",
    ),
    "work": (
        "Wrote {of_her} CV with the things {she} is good at: {good}.",
        "{She} would like {wish}.",
        "Practised an interview; the second round was much freer.",
        "Looked at three offers and crossed out two: no address, no contract.",
        "{She} is not ready to work with strangers yet, and said so clearly.",
        "Opened the question of childcare for the early shift.",
    ),
    "good": (
        "cooking for many, patience, numbers",
        "sewing, order, languages",
        "children, music",
        "plants, strong hands",
    ),
    "wish": ("to bake", "work with flowers", "to cut hair again", "mornings only", "a place where the door is open"),
    "job": (
        "Trial day went well; the kitchen is loud but people are kind.",
        "{She} read the contract with the dictionary before signing.",
        "First wage arrived on {of_her} own account.",
        "The hours were changed without notice; {she} told the manager, it was put right.",
        "{She} can walk there in daylight.",
    ),
    "check": (
        "Nobody keeps {of_her} papers.",
        "Safe-job questions gone through again, nothing new.",
        "{She} knows whom to call.",
        "Breaks are kept.",
        "",
    ),
    "employer": (
        "they would take {her} for a week on trial",
        "the job has gone to someone else",
        "work permit is needed first",
        "they are content and ask whether {she} can do Saturdays",
    ),
}

_FAMILY: dict[str, tuple[str, ...]] = {
    "family_reunification": (
        "{through}{call} {after_call} {ending}",
        "{through}Talked about {relative}. {think} {ending}",
        "{tracing}: {trace}. {ending}",
        "{She} did not want to talk about {of_her} family today. That is fine. {ending}",
    ),
    "call": (
        "Call with {relative}, {count} times ten minutes.",
        "Short call with {relative}; the line was bad.",
        "Message from {relative}, {she} read it aloud.",
        "Video call with {relative} from the quiet room.",
    ),
    "after_call": (
        "Both cried and laughed; wants to call again.",
        "{She} needed an hour alone afterwards.",
        "No questions about where {she} lives; good.",
        "{relative_cap} asked for money; {she} was sad about it and does not want to send any.",
        "{She} told only what {she} had planned to tell.",
    ),
    "think": (
        "{She} misses {of_her} home and does not want to go back now.",
        "{She} wants to know more before deciding anything.",
        "A visit here would be easier than a visit there.",
        "{She} is not sure what the neighbours know.",
        "{She} said stop for the moment, and we stopped.",
    ),
    "tracing": ("Tracing service", "Red Cross messages", "Partner organisation at home"),
    "trace": (
        "request taken up, answer within eight weeks",
        "the address has changed, they keep looking",
        "no news yet",
        "a number was found; {she} decides whether to call",
    ),
}

_OTHERS: dict[str, tuple[str, ...]] = {
    "legal_status": (
        "{through}Meeting with counsel. {law} {ending}",
        "{letter} {asked}. {ending}",
        "{through}Went to the office with {her}. {office} {ending}",
        "Call with {provider}: {lawyer}.",
    ),
    "law": (
        "Counsel explained the next steps and what {she} may refuse.",
        "We went through the dates again.",
        "Protection at the hearing was asked for: separate entrance, screen, interpreter of {of_her} choice.",
        "The claim for unpaid wages is prepared.",
        "{She} does not have to decide about a statement now.",
    ),
    "letter": (
        "Letter from the authority: more time to send papers.",
        "The reflection period was confirmed in writing.",
        "The appointment for the permit came by post.",
        "A bill arrived that is not {of_her}; counsel answers it.",
    ),
    "office": (
        "The clerk was correct; {she} signed nothing {she} did not understand.",
        "Photographs were missing; new date on {weekday}.",
        "Number drawn at {hour}, done before noon.",
        "The permit was extended.",
    ),
    "lawyer": (
        "file complete",
        "waiting for the translation",
        "hearing moved by two weeks",
        "the court agreed to the protective measures",
    ),
    "safety": (
        "{through}Went through the safety plan. {plan} {ending}",
        "{She} changed {of_her} phone number. Old contacts do not have it.",
        "{She} thought {she} saw someone {she} knew near the station. Route changed for two weeks. {ending}",
        "No new worries. Door code was changed for everyone.",
        "{mood}. Safe words and places repeated. {ending}",
    ),
    "plan": (
        "Two numbers {she} knows by heart now.",
        "New: where to wait until someone comes.",
        "{She} wants the neighbour on the list too.",
        "Location on the phone is switched off.",
    ),
    "money": (
        "{through}Budget for the month: {budget} {ending}",
        "Opened {of_her} own account; the card comes by post to the office.",
        "{helped} for {benefit}. {asked}. {ending}",
        "{mood}. Nothing owed this month. {ending}",
    ),
    "budget": (
        "rent, food, phone, and a little for {herself}.",
        "the old debt is not {hers_word} to pay; counsel confirmed it.",
        "{she} saved a small amount for the first time.",
        "bus ticket is the largest item after rent.",
    ),
    "hers_word": ("{of_her} own",),
    "benefit": ("child benefit", "the hardship fund", "the bus card", "school money"),
    "community": (
        "{through}{group} {ending}",
        "{thanks}. {mood}.",
        "{She} went to the neighbourhood garden for the first time.",
        "Walked to the library; {she} has a card now. {ending}",
    ),
    "group": (
        "Cooking group: {she} showed the others a dish from home.",
        "{She} sang in the choir on {weekday}.",
        "Met {of_her} mentor for coffee; they get on.",
        "{She} played football with the women's team.",
        "Looked for a place of worship where nobody knows {her}.",
    ),
    "general": (
        "{through}{mood}. {asked}. {ending}",
        "{mood}. {ending}",
        "Short talk on the stairs. {mood}.",
        "{through}Weekly talk. {mood}. {sleep_cap} {ending}",
        "Message from {her}: all well, back at {hour}.",
        "Case conference: {conference}. {ending}",
    ),
    "sleep_cap": ("{She} sleeps well.", "Nights are still hard.", "{She} cooks for {herself} again.", ""),
    "conference": (
        "everyone agreed on the order of things: papers first, then the move",
        "risk looked at again, reason unchanged",
        "who accompanies whom until the end of the month",
        "what we pass on and what stays here",
    ),
    "intake": (
        "{through}First talk. {She} ate, slept and asked for {first_wish}. What is kept and why was explained; "
        "{she} may say no to any question. {ending}",
        "{through}Arrival in the afternoon. Room shown, rules explained, a phone handed out. {She} asked for "
        "{first_wish}. {ending}",
    ),
    "first_wish": ("a lock", "a call to {of_her} sister", "a doctor", "clean clothes", "an interpreter"),
    "incident": (
        "A man asked at the gate for someone of {of_her} description. Nobody answered him. {She} was told and decided "
        "to stay in today. Manager informed.",
        "Quarrel in the kitchen, no one hurt. Talked with both; settled.",
        "{She} was called from an unknown number three times. Number blocked, date and hour written down for counsel.",
        "Fire alarm by mistake at night. {She} was frightened; staff stayed until {she} slept.",
    ),
    "progress": (
        "{moved}",
        "{moved} {reason}",
    ),
    "moved": ("{direction_words}",),
    "reason": (
        "{She} says so {herself}.",
        "The next review will show.",
        "It depends on the answer of the office.",
        "{She} set the pace.",
        "What helped most: someone who came along.",
        "",
    ),
    "up": (
        "Steadier than at the last look.",
        "A clear step forward: more is done alone.",
        "Better, and {she} sees it too.",
        "What was agreed is mostly done.",
    ),
    "down": (
        "Harder than before; we went back one step and made it smaller.",
        "A setback after the bad news. Support was increased.",
        "Less stable since the move; it was expected.",
    ),
    "same": (
        "No change, and that is all right.",
        "Stable.",
        "Waiting for others; nothing {she} could do more.",
        "Holds what was reached.",
    ),
    "start": ("First look together.", "Where we begin.", "First assessment, with what is known so far."),
    "unknown": ("Not enough known yet to say.", "To be looked at when there is more calm."),
}  # fmt: skip

NOTES = Grammar({**_COMMON, **_HOUSING, **_HEALTH, **_EDUCATION, **_EMPLOYMENT, **_FAMILY, **_OTHERS})

HANDED_IN = frozenset({
    "she", "She", "her", "Her", "of_her", "herself", "was", "provider", "relative", "relative_cap", "direction_words",
})  # fmt: skip
