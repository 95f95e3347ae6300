"""Goals in people's own words and the steps towards them, by area.

A step is «who: what», who being she, we, or the provider's name; «*» marks one that comes round again every week.
"""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.codes import Area, StepDoer


@dataclass(frozen=True, slots=True)
class StepIdea:
    words: str
    doer: StepDoer
    provider: str = ""
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class GoalIdea:
    """What she wants, from where to where, and how."""

    words: str
    baseline: str
    aim: str
    steps: tuple[StepIdea, ...]


def _step(text: str) -> StepIdea:
    who, words = text.split(": ", 1)
    weekly = who.startswith("*")
    who = who.lstrip("*")
    if who == "she":
        return StepIdea(words, StepDoer.SURVIVOR, weekly=weekly)
    if who == "we":
        return StepIdea(words, StepDoer.STAFF, weekly=weekly)
    return StepIdea(words, StepDoer.PROVIDER, who, weekly)


def goal(words: str, baseline: str, aim: str, *steps: str) -> GoalIdea:
    return GoalIdea(words, baseline, aim, tuple(_step(step) for step in steps))


GOALS: dict[str, tuple[GoalIdea, ...]] = {
    Area.HOUSING: (
        goal("Stay here until I have slept enough to think", "emergency bed", "calm place for three months",
             "we: Room with a door that locks", "she: Say what disturbs the night", "we: Extend the stay"),
        goal("My own flat with my name on the bell", "shelter", "own rental",
             "she: List what matters and what does not", "we: Register with the housing desk",
             "Housing association Linden: Offer two viewings", "we: Safety check of door, street and neighbours",
             "Welfare office: Decide on rent support", "she: Sign the lease after reading it"),
        goal("A place where my son can play outside", "one room for two", "two rooms and a yard",
             "she: Visit two neighbourhoods", "we: Apply for the family flat", "Keyhouse: Confirm move-in date",
             "we: Find out about the nursery nearby"),
        goal("Live with people who cook together", "alone in a hotel room", "shared flat",
             "we: Ask the host network", "she: Meet the flatmates twice", "she: Stay over one weekend",
             "we: Agree house rules in writing"),
        goal("Know two neighbours before I move", "knows nobody there", "two people to ask",
             "she: Go to the neighbourhood house", "we: Introduce the contact person"),
        goal("Keep the flat when the support ends", "rent paid by us", "rent paid alone",
             "she: Pay one bill alone each month", "we: Budget for rent and heating",
             "Debt advice: Look at the old contract"),
    ),
    Area.HEALTH: (
        goal("Sleep through the night", "two nights of seven", "five nights of seven",
             "*Counselling centre Meadow: Counselling, weekly", "she: Keep the sleep diary",
             "we: Lamp and lock for the room", "Dr. Solheim's practice: Check medicine"),
        goal("Laugh without covering my mouth", "toothache", "teeth mended",
             "we: Cost cover for dental work", "Dental clinic Bridge St: Check and plan", "she: Choose who comes along",
             "Dental clinic Bridge St: Second treatment"),
        goal("Know what is happening in my body", "no check since arrival", "checked and explained",
             "Northgate clinic: General check", "Northgate clinic: Vaccinations", "we: Health card",
             "she: Ask the three questions on the list"),
        goal("Have fewer bad days", "most days hard", "bad days have a plan",
             "she: Write down what helps", "*Counselling centre Meadow: Counselling, weekly",
             "we: Plan for bad days on one page", "she: Show the plan to one person"),
        goal("See the blackboard", "no glasses", "own glasses",
             "we: Voucher for glasses", "she: Eye test", "she: Collect the glasses"),
        goal("Run again", "no strength in the leg", "five kilometres",
             "Northgate clinic: Physiotherapy, six times", "she: Walk every morning", "she: Try the women's team"),
    ),
    Area.EDUCATION: (
        goal("Speak for myself at the office", "interpreter for everything", "simple talks alone",
             "she: Language course A1", "we: Collect attendance letter", "she: Enrol in A2",
             "she: Make one phone call alone each week"),
        goal("Finish the school I had to leave", "eight years of school", "school certificate",
             "Evening college: Placement test", "we: Certificates from home translated", "she: First term",
             "she: Second term", "Evening college: Exam"),
        goal("Read to my daughter", "reads slowly", "reads a picture book",
             "City language school: Literacy course", "she: Library card", "*she: Read together on Sunday",
             "we: Childcare during the course"),
        goal("Learn to use a computer properly", "phone only", "writes letters and applications",
             "Open learning centre: Computer course", "she: Own e-mail address", "we: Laptop from the fund"),
        goal("Learn a trade that travels with me", "no papers for what I can do", "vocational certificate",
             "she: Try two workshops for a day", "Workshop school: Interview", "we: Costs and bus card",
             "she: First module", "Workshop school: Certificate of the first module"),
    ),
    Area.EMPLOYMENT: (
        goal("I want to bake", "no work", "a safe job in a bakery",
             "she: Visit the bakery training", "we: Safe-job check before the trial", "Harbour Bakery: Trial week"),
        goal("Earn my own money, on my own account", "allowance", "regular wage",
             "she: Open an account", "we: CV in two languages", "she: Three applications", "we: Safe-job check",
             "she: First month of work"),
        goal("Work with plants, not with customers", "not yet", "part-time in a nursery",
             "we: Ask the nursery about a trial", "she: Trial day", "we: Safe-job check",
             "Green Thumb nursery: Contract in a language I read", "we: 30-day check-in at workplace"),
        goal("My own sewing table", "sews for the house", "small trade registered",
             "Job centre: Advice for small trades", "she: Price list", "we: Machine from the fund",
             "she: Sell at the market twice"),
        goal("Find out what I am good at", "does not know", "two ideas to try",
             "Job centre: Skills check", "she: Talk to two women who work", "we: Look at results together"),
    ),
    Area.FAMILY: (
        goal("Hear my mother's voice", "no contact", "a call when I want it",
             "Tracing service: Find a safe number", "we: Safety questions answered", "she: First call",
             "we: Talk about it the day after"),
        goal("Know that my sister is safe", "no news", "regular contact",
             "Tracing service: Search", "she: Decide how to make contact",
             "we: Quiet room and a phone that shows nothing",
             "she: Second call"),
        goal("Bring my son here", "son with grandparents", "son lives with me",
             "Legal aid centre: Is it possible, and how", "we: School report and health papers of the boy",
             "she: Call every Sunday", "Partner organisation at home: Visit the grandparents"),
        goal("Visit home and come back", "afraid of it", "a visit with a way out",
             "we: Risk looked at with partner there", "Partner organisation at home: Home visit",
             "she: Decide after the home visit", "we: Ticket both ways"),
        goal("Be left in peace by my uncle", "he calls", "he does not know where I am",
             "she: New number", "we: Safety plan about relatives", "Legal aid centre: Protection order"),
    ),
    Area.LEGAL: (
        goal("A paper that says I may stay", "reflection period", "residence permit",
             "Legal aid centre: Counsel appointed", "we: Written confirmation of the reflection period",
             "she: Permit application"),
        goal("Get the wages I worked for", "nothing paid", "claim decided",
             "Counsel M. Ferrari: Work out what is owed", "she: Write down days and hours",
             "Counsel M. Ferrari: File the claim", "District court: Hearing"),
        goal("Not meet him in court", "summoned as witness", "heard with protection",
             "Counsel M. Ferrari: Ask for a screen and a separate entrance", "we: Visit the court beforehand",
             "we: Interpreter of my choice"),
        goal("Have my passport back", "passport kept by others", "own passport",
             "we: Letter to the embassy", "she: Photographs", "Immigration office: Confirm identity",
             "she: Collect the passport"),
    ),
    Area.SAFETY: (
        goal("Walk to the shop without turning round", "goes out with others only", "goes alone by day",
             "we: Safety plan", "she: Walk the way with staff, then alone", "we: Change phone and settings"),
        goal("Know what to do if he writes", "afraid of the phone", "a plan for messages",
             "we: Block and document", "she: Tell one person at once", "Victim protection desk: Advice"),
    ),
    Area.MONEY: (
        goal("Owe nobody anything", "told of a debt", "clear about what is owed",
             "Debt advice: Look at all papers", "we: Letter about the false debt", "she: Envelope for each week"),
        goal("Save for a winter coat for my girl", "nothing left at month's end", "a little saved",
             "she: Budget for a month", "Savings bank: Own account", "we: Apply for the clothing grant"),
    ),
    Area.COMMUNITY: (
        goal("Have friends who do not ask", "knows only staff", "two people outside",
             "she: Cooking group", "Mentor programme: Match with a mentor", "she: One thing a week outside"),
        goal("Sing again", "has not sung for years", "choir on Thursdays",
             "she: Listen once", "Neighbourhood house: Place in the choir"),
    ),
}  # fmt: skip

IN_TIME_BARRIER: dict[str, tuple[str, ...]] = {
    "waits_for_papers": ("waits for the permit", "waits for the birth certificate"),
    "waits_for_provider": ("no answer yet", "waiting list"),
    "no_place": ("no free place this month",),
    "money": ("the fund decides next month",),
    "health": ("not until the treatment is over",),
    "fear": ("wants to wait a little",),
    "childcare": ("no childcare in the afternoon",),
    "transport": ("the bus does not run early enough",),
    "not_wanted_now": ("not now",),
}
