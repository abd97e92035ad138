/** Words that no name may be: cantools takes each of them as a keyword wherever it stands. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'VERSION NS_ BS_ BU_ VAL_TABLE_ BO_ SG_ BO_TX_BU_ EV_ ENVVAR_DATA_ EV_DATA_ SGTYPE_ SGTYPE_VAL_ BA_DEF_SGTYPE_ ' +
    'BA_SGTYPE_ SIG_TYPE_REF_ SIG_GROUP_ CM_ BA_DEF_ BA_DEF_REL_ BA_DEF_DEF_ BA_DEF_DEF_REL_ BA_ BA_REL_ BU_SG_REL_ ' +
    'BU_EV_REL_ BU_BO_REL_ VAL_ CAT_DEF_ CAT_ FILTER SIG_VALTYPE_ SIGTYPE_VALTYPE_ SG_MUL_VAL_ NS_DESC_'
  ).split(' '),
);

/** Whether a word is a keyword of the format, in capitals as it is. */
export function isKeyword(text: string): boolean {
  return KEYWORDS.has(text);
}
