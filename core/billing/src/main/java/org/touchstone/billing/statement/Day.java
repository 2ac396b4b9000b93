package org.touchstone.billing.statement;

import java.util.List;
import org.touchstone.billing.statement.Statement.FreeLine;
import org.touchstone.billing.statement.Statement.Line;

/**
 * A part of a day's usage, added up once, so that a statement need not read every fact again.
 *
 * @param analyses the analyses that it covers
 * @param lines what is owed
 * @param free what is free
 */
record Day(List<String> analyses, List<Line> lines, List<FreeLine> free) {
  Day {
    analyses = List.copyOf(analyses);
    lines = List.copyOf(lines);
    free = List.copyOf(free);
  }
}
