import type { Child } from "hono/jsx";

export type Column<Row> = {
  readonly header: string;
  /** For a column of buttons: the name is read out but not seen. */
  readonly headerHidden?: boolean | undefined;
  readonly cell: (row: Row) => Child;
  /** The column that names the row; one per table. */
  readonly rowHeader?: boolean | undefined;
  readonly align?: "end" | undefined;
};

/**
 * A table that becomes a stack of cards on a narrow screen. The roles are spelled out because a browser
 * forgets them as soon as the style sheet changes how a table is displayed.
 */
export function Table<Row>(props: {
  caption: string;
  /** The caption is for those who do not see the heading above the table. */
  captionHidden?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}) {
  return (
    <table class="table" role="table">
      <caption class={props.captionHidden ? "visually-hidden" : undefined}>{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th role="columnheader" scope="col" class={alignment(column)}>
              {column.headerHidden ? <span class="visually-hidden">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr role="row">{props.columns.map((column) => cell(column, row))}</tr>
        ))}
      </tbody>
    </table>
  );
}

function cell<Row>(column: Column<Row>, row: Row) {
  const content = <div class="table__content">{column.cell(row)}</div>;
  if (column.rowHeader) {
    return (
      <th role="rowheader" scope="row" data-label={column.header} class={alignment(column)}>
        {content}
      </th>
    );
  }
  return (
    <td role="cell" data-label={column.headerHidden ? undefined : column.header} class={alignment(column)}>
      {content}
    </td>
  );
}

function alignment<Row>(column: Column<Row>): string | undefined {
  return column.align === "end" ? "table__end" : undefined;
}
