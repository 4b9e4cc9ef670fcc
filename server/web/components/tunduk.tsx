/** The tündük seen from inside the house, with the poles of the roof running out from it. An ornament. */
export function Tunduk() {
  return (
    <svg class="tunduk" viewBox="-200 -200 400 400" aria-hidden="true">
      <path class="tunduk__poles" d={poles} />
      <circle r="96" />
      <circle r="86" />
      <path class="tunduk__ribs" d={ribs} transform="rotate(45)" />
      <path class="tunduk__ribs" d={ribs} transform="rotate(-45)" />
    </svg>
  );
}

const ribs = "M-23-83Q-32 0-23 83M0-86V86M23-83Q32 0 23 83";

const poles = Array.from({ length: 40 }, (_, pole) => {
  const angle = (pole * Math.PI * 2) / 40;
  const at = (radius: number) =>
    `${(radius * Math.cos(angle)).toFixed(1)} ${(radius * Math.sin(angle)).toFixed(1)}`;
  return `M${at(108)}L${at(pole % 2 === 0 ? 198 : 176)}`;
}).join("");
