/** The mark: a tündük, the crown of a yurt that lets light into the house. */
export function Mark(props: { size: number }) {
  return (
    <svg class="mark" width={props.size} height={props.size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" />
      <path class="mark__ribs" d={ribs} transform="rotate(45 16 16)" />
      <path class="mark__ribs" d={ribs} transform="rotate(-45 16 16)" />
    </svg>
  );
}

const ribs = "M11.6 2.7Q10 16 11.6 29.3M16 2V30M20.4 2.7Q22 16 20.4 29.3";
