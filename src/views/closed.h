/* SPDX-License-Identifier: MIT
 * closed: the single words that the rules ask for, and lists of words that they take alike. Every word of a text is looked up once, so that each question
 * compares numbers. */
#ifndef VIEWS_CLOSED_H
#define VIEWS_CLOSED_H
#include "../base/vocab.h"

#include <string.h>

/* Words that article_word is asked for often; it knows others as well, by their letters. */
#define CLOSED_WORDS(X) \
    X(THAT, "that") X(AND, "and") X(OF, "of") X(WHO, "who") X(AS, "as") X(TO, "to") X(THE, "the") X(THIS, "this") X(FOR, "for") X(ON, "on") X(IT, "it") \
    X(FROM, "from") X(EARLIER, "earlier") X(BY, "by") X(THOSE, "those") X(THEY, "they") X(SHE, "she") X(LATE, "late") X(ITS, "its") X(IN, "in") \
    X(HE, "he") X(AN, "an") X(A, "a") X(WITH, "with") X(WAS, "was") X(THEIR, "their") X(ONE, "one") X(MY, "my") X(LAST, "last") X(IS, "is") \
    X(AMPERSAND, "&") X(YOU, "you") X(YET, "yet") X(WHOM, "whom") X(WHILE, "while") X(WHICH, "which") X(WHAT, "what") X(WE, "we") X(US, "us") \
    X(TOP, "top") X(TOLD, "told") X(TODAY, "today") X(THESE, "these") X(THERE, "there") X(THEMSELVES, "themselves") X(SUIT, "suit") X(SUING, "suing") \
    X(SUES, "sues") X(SUED, "sued") X(STILL, "still") X(SR, "sr") X(SOME, "some") X(SO, "so") X(SHE_S, "she's") X(SHE_D, "she'd") X(QUOTED, "quoted") \
    X(POLICE, "police") X(PEOPLE, "people") X(OVER, "over") X(OUR, "our") X(OTHERS, "others") X(ONCE, "once") X(MOST, "most") X(MANY, "many") \
    X(LAWSUIT, "lawsuit") X(JR, "jr") X(IT_S, "it's") X(III, "iii") X(II, "ii") X(I, "i") X(HIS, "his") X(HIMSELF, "himself") X(HIM, "him") \
    X(HERSELF, "herself") X(HER, "her") X(HE_S, "he's") X(HE_D, "he'd") X(GENERAL, "general") X(EACH, "each") X(COMPLAINT, "complaint") X(CITED, "cited") \
    X(CHIEF, "chief") X(BUT, "but") X(BOTH, "both") X(BEFORE, "before") X(BEEN, "been") X(BECAME, "became") X(AT, "at") X(ALL, "all") X(AFTER, "after") \
    X(ACTING, "acting") X(ACCORDING, "according") X(ABOUT, "about") X(AGAINST, "against")

/* Lists that article_in is asked for: at most 64. */
#define CLOSED_LISTS(X) \
    X(LINKING, "and but while whereas although though as yet") \
    X(TURNING, "and but while whereas although though as yet before after") \
    X(INTERROGATIVE, "how whether why what if when where who") \
    X(OCCASION, "when after before while asked") \
    X(OPENING, "while although though when as since because after before whereas once unless until if") \
    X(GOING_ON, "on continue continues continued proceeded quick careful keen eager happy rushed hastened dared") \
    X(GOES, "go goes went gone going") \
    X(RANK, "first second third fourth fifth sixth seventh eighth ninth tenth latest last") \
    X(BE, "is are was were be been being 's get got isn't wasn't aren't weren't") \
    X(NO_ONE, "nobody none anyone anybody noone there") \
    X(VAGUE, "few one everyone everybody") \
    X(RAISED, "raised expressed voiced made shared aired") \
    X(WITNESSED, "heard seen shown caught filmed recorded overheard quoted videotaped taped") \
    X(QUOTING, "quoted cited quotes cites quoting citing") \
    X(SETTING_OFF, "and while by before after then") \
    X(MERE, "right need way chance reason decision plan power authority ability opportunity refusal able unable ready willing likely unlikely") \
    X(SEVERAL, "multiple several many numerous these those few") \
    X(LIGHT_VERB, "made make makes making has have had issued issue issues issuing raised raises voiced expressed repeated reiterated rejected dismissed " \
                  "denied offered gave gives expresses expressing held holds") \
    X(COPULA, "is are was were be been being am remain remains remained seem seems seemed sounded sounds appear appears appeared feel feels felt grew " \
              "becomes became isn't wasn't aren't weren't") \
    X(VIEW, "view opinion words eyes judgment judgement estimation telling") \
    X(WORK, "of titled entitled called book film song novel memoir album movie series essay ballad documentary sitcom hit podcast") \
    X(ISSUING, "issues releases publishes files sends posts " \
               "filed released issued published wrote sent launched posted signed ran aired submitted produced brought unveiled conducted") \
    X(PARTICLE, "de da do dos del della di van von der den la le bin ibn al el ten ter y") \
    X(JOINED_BY_OF, "bank university ministry department house court council institute college academy office board bureau church chamber city state " \
                    "republic school federation association society union confederation center centre secretary minister king queen prince duke archbishop " \
                    "bishop gang league knights sons daughters friends brotherhood library museum conference organization organisation fraternal order army") \
    X(JOINED_BY_FOR, "center centre centers council institute institutes foundation committee association coalition campaign alliance society school project " \
                     "agency network commission fund union office bureau") \
    X(JOINED_BY_AND, "department ministry office center centre centers institute bureau committee agency commission") \
    X(COMPANY_ABBREVIATION, "inc corp ltd co bros jr sr") \
    X(OWNER_IN_NAME, "people women men children workers farmers patrolmen policemen moody lloyd") \
    X(KEPT_TITLE, "pope prince princess queen king emperor patriarch sultan emir mullah") \
    X(CHAINING, "of for at in from with on to behind near about against within inside by under") \
    X(POSTPOSITIVE, "familiar close aware opposed loyal sympathetic responsible knowledgeable involved") \
    X(TIME, "week month year morning afternoon evening night weekend day days weeks months time hours") \
    X(OTHERS, "many some others both few all most another one neither several") \
    X(SHARE, "many some others both few most one several neither percent cent half third majority majorities quarter") \
    X(ADVERBIAL, "in on at during by via through after from before over with to") \
    X(LOCATING, "in across around near throughout outside to from") \
    X(GOVERNING, "to with by from against about for of on behind replacing meeting") \
    X(STANDING_FOR, "they their them it its they're they've they'd they'll it's both who which whose this that these those") \
    X(DEFINING, "who with in close familiar involved from at near present") \
    X(COMPANY, "company firm startup start-up developer maker chipmaker carmaker automaker lab bank lender retailer group agency regulator organisation " \
               "organization manufacturer airline platform exchange giant business publisher studio club university institute brokerage insurer " \
               "operator miner drugmaker creator creators makers developers ministry department watchdog paper newspaper magazine outlet network " \
               "broadcaster charity union") \
    X(STAFF, "researchers officials executives spokesman spokeswoman spokesperson spokespeople representatives representative engineers analysts " \
             "economists strategists lawyers attorneys scientists managers management creators staff employees prosecutors developers team teams " \
             "officers authors editors") \
    X(FULLER, "administration campaign government team commission study coalition") \
    X(FIGURE, "candidate nominee congresswoman congressman lawmaker billionaire actor actress singer politician businessman tycoon mogul star comedian " \
              "governor mayor republican democrat pontiff premier frontrunner senator diplomat businesswoman entrepreneur laureate veteran novelist " \
              "cleric pastor preacher rapper athlete activist author teen teenager conservative liberal progressive strongman") \
    X(NAMELESS, "member official officer soldier source aide staffer agent resident witness participant observer insider expert") \
    X(PAIR, "two pair duo couple") \
    X(ASKING, "reporter journalist interviewer moderator questioner correspondent columnist") \
    X(ERSTWHILE, "former then onetime longtime veteran fellow current incoming outgoing senior late acting interim retired embattled disgraced ousted") \
    X(BACK, "it its it's this these they") \
    X(PARENT, "father mother grandfather grandmother") \
    X(POINTING, "company firm model deal plan move bill launch release decision product app lab startup technology tool system announcement merger " \
                "proposal policy breakthrough development feat achievement")

enum closed_word {
    CLOSED_NONE,
#define X(name, text) CLOSED_##name,
    CLOSED_WORDS(X)
#undef X
    CLOSED_COUNT
};

enum closed_list {
#define X(name, words) LIST_##name,
    CLOSED_LISTS(X)
#undef X
    LISTS_COUNT
};

struct closed {
    struct vocab words; /* word -> its number less one; those of CLOSED_WORDS come first */
    uint64_t *lists;    /* [cap] by number: a bit for each list that the word is in; number 0 is in none */
    size_t cap;
};

/* Fills an all-zero struct; false when memory is out. Read-only afterwards. */
bool closed_load(struct closed *c);
void closed_free(struct closed *c);
/* Number of a folded word, CLOSED_NONE when nobody asks for it. */
uint16_t closed_find(const struct closed *c, stance_str folded);

/* The number of a literal, for the compiler to find: the comparisons vanish. */
static inline __attribute__((always_inline)) uint16_t closed_literal(const char *word)
{
#define X(name, text) if (strcmp(word, text) == 0) return CLOSED_##name;
    CLOSED_WORDS(X)
#undef X
    return CLOSED_NONE;
}
#endif
