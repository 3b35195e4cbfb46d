package org.wasmservlet.status;

import java.util.List;

/**
 * Writes a table whose cells know their column's title: on a small screen, where the columns have
 * no room, each cell is a line of its own that begins with it. Not thread-safe.
 */
final class Table {
  /** At the end of a column's title: it has numbers. */
  private static final char NUMBERS = '#';

  private final Html html;
  private final String[] columns;
  private int column = -1;

  /**
   * Begins a table.
   *
   * @param cssClass of the table, a constant
   * @param columns their titles, constants
   */
  Table(Html html, String cssClass, String... columns) {
    this.html = html;
    this.columns = columns;
    html.markup("<div class=\"scroll\"><table class=\"").markup(cssClass).markup("\"><thead><tr>");
    for (int i = 0; i < columns.length; i++) {
      html.markup(isNumber(i) ? "<th class=\"n\">" : "<th>").text(title(i)).markup("</th>");
    }
    html.markup("</tr></thead><tbody>");
  }

  /** Begins a row; the one before must have a cell for each column. */
  void row(String cssClass) {
    if (column >= 0) {
      html.markup("</tr>");
    }
    column = 0;
    html.markup(cssClass.isEmpty() ? "<tr>" : "<tr class=\"" + cssClass + "\">");
  }

  void text(String text) {
    open();
    html.text(text).markup("</td>");
  }

  void code(String text) {
    open();
    html.markup("<code>").text(text).markup("</code></td>");
  }

  /** One below the other. */
  void codes(List<String> texts) {
    open();
    for (int i = 0; i < texts.size(); i++) {
      html.markup(i == 0 ? "<code>" : "<br/><code>").text(texts.get(i)).markup("</code>");
    }
    html.markup("</td>");
  }

  void badge(Severity severity, String text) {
    open();
    html.markup("<span class=\"badge ").markup(severity.cssClass()).markup("\">");
    html.text(text).markup("</span></td>");
  }

  private void open() {
    html.markup(isNumber(column) ? "<td class=\"n\" data-title=\"" : "<td data-title=\"");
    html.text(title(column)).markup("\">");
    column++;
  }

  /** Ends the table. */
  void end() {
    html.markup(column < 0 ? "" : "</tr>").markup("</tbody></table></div>");
  }

  private boolean isNumber(int index) {
    return columns[index].charAt(columns[index].length() - 1) == NUMBERS;
  }

  private String title(int index) {
    String title = columns[index];
    return isNumber(index) ? title.substring(0, title.length() - 1) : title;
  }
}
