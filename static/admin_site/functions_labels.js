// Labels of functions and their items: the rules of functions/labels.py.

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const ROMAN = [
  [1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"],
  [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"],
];

export const letters = (position) => {
  let label = "";
  while (position > 0) {
    position -= 1;
    label = ALPHABET[position % 26] + label;
    position = Math.floor(position / 26);
  }
  return label;
};

export const roman = (position) => {
  let label = "";
  for (const [value, numeral] of ROMAN) {
    while (position >= value) {
      label += numeral;
      position -= value;
    }
  }
  return label;
};

export const printedLabel = (level, position) =>
  [`${position}.`, `${letters(position)})`, `${roman(position)})`][level];
