import { latinSounds } from './devanagari-sounds.js';
import { soundKey } from './sound-key.js';

const listed = (words: string): readonly string[] => words.trim().split(/\s+/);
const keysOf = (words: string): ReadonlySet<string> => new Set(listed(words).map(keyOf));

/** The same name, too far apart for `soundKey`. The first is the one compared; a wrong line here matches strangers. */
const SPELLINGS = [
  'MOHAMMAD MD MOHD MO MOHAMMED MOHAMED MUHAMMAD MUHAMMED MOHMAD MOHMMAD MUHD MOHEMMAD मो मु मोहम्मद मुहम्मद',
  'AHMAD AHMED AHAMED AHEMAD AHEMED EHMAD',
  'SHEIKH SK SHEKH SHAIK SHAIKH',
  'SYED SAYYAD SAIYAD SAYED SAIYED SAYYED SAYEED',
  'HUSSAIN HOSSAIN HOSAIN HUSEN',
  'ABDUL ABDOOL ABDAL अब्दुल',
  'USMAN OSMAN',
  'UMAR OMAR UMER',
  'EJAZ AIJAZ AJAZ AEJAZ',
  'AZAD AJAD',
  'AZIZ AJIJ AJIZ',
  'IQBAL EQBAL EKBAL',
  'KHATOON KHATUN',
  'BEGUM BEGAM',
  'ANSARI ANSARY ANSARIE',
  'KUMAR KR KMR',
  'PRASAD PD PRD PARSAD PERSAD PRASHAD',
  'KUMARI KM KUM KU KUMAREE कु',
  'SINGH SINH',
  'CHAUDHARY CHOUDHURY CHOWDHURY CHAUDHRY CHAUDHURI',
  'LAXMI LACHMI LACHHMI',
  'LAXMAN LACHMAN LACHHMAN',
  'ORAON URAON',
  'MANJHI MAJHI',
  'VISHWAKARMA BISHKARMA VISHVKARMA',
] as const;

/** In front of a name and no part of it. */
const TITLES = keysOf(`SMT SHRIMATI SRIMATI SHRI SRI SHREE SH SUSHRI MR MISTER MRS MISSES MS MISS MASTER MAST BABY LATE
  DR DOCTOR PROF PROFESSOR श्रीमती श्री सुश्री मास्टर बेबी स्व स्वर्गीय डॉ डा डॉक्टर प्रो`);
/** Middle names and endings that half a district shares: they say little about who somebody is. */
const FILLERS = keysOf(`KUMAR KUMARI DEVI BAI BEGUM KHATOON BIBI BANO KAUR PRASAD LAL RAM SINGH NATH DAS CHAND
  MOHAMMAD SHEIKH SYED ALI AHMAD ABDUL`);
/** In front of a given name they are half of it: RAM NARESH, RAM BABU and RAM LAL are three brothers. */
const HALVES = keysOf('RAM LAL RAJ SHIV SHEO HARI JAI OM DEV BAL BRIJ BRAJ MAN NAND SRI ABDUL');
/** Fillers that may stand in front of the given name, or be left out there. */
const BEFORE_GIVEN = keysOf('KUMAR KUMARI DEVI MOHAMMAD SHEIKH SYED');
/** In Chhattisgarh a courtesy that counters put behind any woman's name, or leave out. */
const BAI = keysOf('BAI');
/** Families of Bihar, Bastar and around: only a word known as a surname may change places with the given name. */
const SURNAMES =
  keysOf(`SINGH YADAV JADAV PASWAN MANJHI MAJHI SAHU SAH SHAH SAO SAHNI SAHANI NISHAD MALLAH MUKHIYA MANDAL
  THAKUR SHARMA VERMA MISHRA JHA PANDEY PANDE TIWARI TRIPATHI DUBEY DWIVEDI CHAUBEY CHATURVEDI UPADHYAY OJHA PATHAK SHUKLA
  SRIVASTAVA SINHA GUPTA AGRAWAL KESHRI PRAJAPATI VISHWAKARMA LOHAR KUSHWAHA MAURYA KURMI MAHTO MAHATO RAI RAY RAVIDAS
  RAJAK RAJWANSHI CHAUDHARY CHAUHAN CHAUBE PATEL RAJPUT BHAGAT BHUIYA MUSAHAR DOM BIND GOND ORAON MUNDA KHAN ANSARI
  SIDDIQUI QURESHI IDRISI MANSURI RAIN FAROOQUI PATHAN MANDAVI MARKAM NETAM POYAM POYAMI SODI KUNJAM KASHYAP NAG BAGHEL
  KARMA MURIYA KAWASI KAWASSI MADAVI MADKAMI MADVI HEMLA TATI TELAM OYAM PUNEM BARSE KORRAM KORSA USENDI VATTI VETTI VEKO
  PODIYAMI PODIYAM DUGGA SALAM UIKE KUMETI KORAM NUREETI DARRO SORI GAWDE KOMRA JURRI DEWANGAN SETHIYA
  BHATRA BISAI PANIKA MOURYA KACHLAM YALAM GAVDE`);

/** English letters as they are called in Hindi: ए के सिंह is A K SINGH. Without जी, which is a courtesy behind names. */
// prettier-ignore
const LETTER_NAMES: Readonly<Record<string, string>> = {
  ए: 'a', बी: 'b', सी: 'c', डी: 'd', ई: 'e', एफ: 'f', एच: 'h', आई: 'i', जे: 'j', के: 'k', एल: 'l', एम: 'm', एन: 'n',
  ओ: 'o', पी: 'p', आर: 'r', एस: 's', टी: 't', यू: 'u', वी: 'v', डब्लू: 'w',
};

const CANONICAL = new Map(
  SPELLINGS.flatMap((line) => {
    const [first = '', ...others] = line.split(' ').map(keyOf);
    return others.map((other) => [other, first] as const);
  }),
);

/** A word of a name, ready for comparing. */
export interface NameWord {
  /** In Latin letters, small. */
  readonly letters: string;
  /** How it sounds; a second key where Devanagari leaves two readings. */
  readonly keys: readonly string[];
  readonly isInitial: boolean;
  readonly isFiller: boolean;
  readonly isSurname: boolean;
  readonly isHalf: boolean;
  readonly isTitle: boolean;
  readonly isBai: boolean;
  readonly isBeforeGiven: boolean;
}

/** `word` in one script, without signs. Undefined when it has no letter that can be read. */
export function nameWord(word: string): NameWord | undefined {
  const initial = LETTER_NAMES[word];
  const spellings = initial === undefined ? spellingsOf(word) : [initial];
  const [letters = ''] = spellings;
  if (letters === '') return undefined;
  const keys = spellings.map((spelling) => canonical(soundKey(spelling)));
  const among = (known: ReadonlySet<string>) => keys.some((key) => known.has(key));
  return {
    letters,
    keys,
    isInitial: letters.length === 1,
    isFiller: among(FILLERS),
    isSurname: among(SURNAMES),
    isHalf: among(HALVES),
    // A single S is an initial, though SH sounds the same.
    isTitle: letters.length > 1 && among(TITLES),
    isBai: among(BAI),
    isBeforeGiven: among(BEFORE_GIVEN),
  };
}

/** Two words written as one, e.g. RAM LAL as RAMLAL. */
export function glued(one: NameWord, other: NameWord): NameWord {
  return nameWord(one.letters + other.letters) ?? one;
}

function canonical(key: string): string {
  return CANONICAL.get(key) ?? key;
}

function keyOf(word: string): string {
  return soundKey(spellingsOf(word)[0] ?? '');
}

function spellingsOf(word: string): readonly string[] {
  if (/\p{Script=Devanagari}/u.test(word)) return latinSounds(word);
  return [
    word
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  ];
}
