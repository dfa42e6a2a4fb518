// Sketches of the seven regions, drawn by hand in degrees east and north along their larger towns and waters; they show where a region lies, not its boundary.
// Coasts and the national border come from the outline of the country (Natural Earth 1:10m, public domain), which cuts them.
export const sketches: Record<string, [number, number][]> = {
  'Groningen/Emmen': [[6.17, 53.75], [7.4, 53.75], [7.4, 52.9], [7.1, 52.6], [6.7, 52.62], [6.68, 52.8], [6.85, 52.98], [6.7, 53.08], [6.48, 53.13], [6.3, 53.12], [6.2, 53.25], [6.22, 53.42]],
  IJmond: [[4.3, 52.62], [4.68, 52.58], [4.76, 52.48], [4.7, 52.42], [4.58, 52.41], [4.3, 52.4]],
  'Groot-Rijnmond': [[3.5, 51.93], [4.0, 52.05], [4.32, 51.94], [4.42, 51.99], [4.62, 51.99], [4.68, 51.86], [4.56, 51.78], [4.35, 51.72], [4.1, 51.68], [3.75, 51.73], [3.6, 51.8]],
  'West-Noord-Brabant': [[4.2, 51.68], [4.45, 51.71], [4.7, 51.73], [4.95, 51.74], [4.98, 51.6], [4.95, 51.3], [4.4, 51.2], [4.1, 51.3], [4.22, 51.45]],
  'Zeeuws-Vlaanderen': [[3.2, 51.42], [3.55, 51.41], [3.75, 51.36], [4.0, 51.4], [4.27, 51.38], [4.35, 51.1], [3.2, 51.1]],
  'Zuid-Limburg': [[5.5, 51.02], [5.9, 51.03], [6.2, 51.0], [6.3, 50.6], [5.5, 50.6]],
  Brainport: [[5.1, 51.42], [5.25, 51.53], [5.45, 51.56], [5.62, 51.55], [5.85, 51.5], [5.98, 51.35], [5.8, 51.1], [5.1, 51.1]],
};

/** Where a name stands beside its region. */
export const names: Record<string, { at: [number, number]; anchor: 'start' | 'middle' | 'end' }> = {
  'Groningen/Emmen': { at: [6.1, 53.02], anchor: 'end' },
  IJmond: { at: [4.85, 52.5], anchor: 'start' },
  'Groot-Rijnmond': { at: [4.75, 51.96], anchor: 'start' },
  'West-Noord-Brabant': { at: [5.03, 51.66], anchor: 'start' },
  'Zeeuws-Vlaanderen': { at: [3.25, 51.12], anchor: 'start' },
  'Zuid-Limburg': { at: [5.62, 50.83], anchor: 'end' },
  Brainport: { at: [6.08, 51.55], anchor: 'start' },
};
