// Numbers as readers of a language write them.
import type { Language, Show, Value } from '../model/page';

const locales: Record<Language, string> = { en: 'en-GB', nl: 'nl-NL' };
const kept = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let made = kept.get(key);
  if (!made) kept.set(key, (made = new Intl.NumberFormat(locales[language], options)));
  return made;
}

/** Significant digits of a count: a simulation of agents knows no more. */
const digits_of_counts = 4;

export function number(value: Value, show: Show, language: Language): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (show === 'share') return formatter(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  if (show === 'ratio') return formatter(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  if (show === 'index') return formatter(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
  return proper(formatter(language, { maximumFractionDigits: 0 }).format(rounded(value, digits_of_counts)));
}

/** To so many significant digits, and never beyond the unit. */
function rounded(value: number, digits: number): number {
  return Math.round(Number(value.toPrecision(digits)));
}

/** A minus as long as a plus is wide. */
function proper(text: string): string {
  return text.replace('-', '\u2212');
}

/** A difference, with its sign; of shares in percentage points. */
export function difference(value: Value, show: Show, language: Language): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (show === 'share') {
    const points = proper(formatter(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(100 * value));
    return `${points} ${language === 'nl' ? '%-punt' : '% points'}`;
  }
  const options: Intl.NumberFormatOptions =
    show === 'ratio' ? { minimumFractionDigits: 3, maximumFractionDigits: 3 } : show === 'index' ? { minimumFractionDigits: 4, maximumFractionDigits: 4 } : { maximumFractionDigits: 0 };
  return proper(formatter(language, { ...options, signDisplay: 'exceptZero' }).format(show === 'count' ? rounded(value, 3) : value));
}

export function percent(value: Value, language: Language): string {
  return value === null || !Number.isFinite(value) ? '–' : proper(formatter(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value));
}

export function euro(value: Value, language: Language): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return proper(formatter(language, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(rounded(value, 3)));
}

/** An axis label: short. */
export function tick(value: number, show: Show | 'euro', language: Language): string {
  if (show === 'share') return proper(formatter(language, { style: 'percent', maximumFractionDigits: 1 }).format(value));
  if (show === 'euro') return formatter(language, { notation: 'compact', style: 'currency', currency: 'EUR', maximumSignificantDigits: 3 }).format(value);
  return proper(formatter(language, { maximumFractionDigits: 3 }).format(value));
}

const months_of: Record<Language, string[]> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  nl: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'],
};

/** "2030-12" in words. */
export function month(text: string, language: Language): string {
  const [year, number] = text.split('-');
  return `${months_of[language][Number(number) - 1]} ${year}`;
}

export function date_of(month_text: string): Date {
  const [year, number] = month_text.split('-');
  return new Date(Date.UTC(Number(year), Number(number) - 1, 1));
}
