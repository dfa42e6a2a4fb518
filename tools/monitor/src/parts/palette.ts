// Colours that people who see few colours can tell apart: Okabe and Ito (2008), the darker of them for text and lines (contrast 4.5 on white).
export const ink = '#1b2733';
export const quiet = '#5a6672';
export const rule = '#d9dee3';
export const simulated = '#0b5c92';
export const band = '#0b5c92';
export const observed = '#b34a00';
export const gain = '#00694b';
export const loss = '#b34a00';
export const unsure = '#8a949e';
/** One colour a region or group, in a fixed order. */
export const series = ['#0b5c92', '#b34a00', '#00785a', '#8f4a7b', '#7a5c00', '#2f86c1', '#5b6770', '#000000'];
export const font = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
