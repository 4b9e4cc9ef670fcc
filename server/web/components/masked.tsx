/** Personal data that is not shown («+996 ••• ••• 123»); `said` is read out instead of the dots. */
export function Masked(props: { shown: string; said: string }) {
  return (
    <span class="masked">
      <span aria-hidden="true">{props.shown}</span>
      <span class="visually-hidden">{props.said}</span>
    </span>
  );
}
