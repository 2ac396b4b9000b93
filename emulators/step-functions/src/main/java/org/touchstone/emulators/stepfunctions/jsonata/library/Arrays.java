package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** {@code $sort} and {@code $distinct}. */
final class Arrays {
  private Arrays() {}

  /**
   * Sorts by merging, as JSONata does: items that the comparator does not exchange keep their
   * order.
   *
   * @param comparator says whether its first argument comes after its second; null to compare
   *     numbers or strings
   */
  static Object sort(List<?> items, Object comparator) {
    if (items == null || items.size() <= 1) {
      return items;
    }
    return sort(
        new ArrayList<>(items),
        comparator == null
            ? natural(items)
            : (left, right) -> Truth.of(Calls.call(comparator, left, right)));
  }

  private static BiPredicate<Object, Object> natural(List<?> items) {
    if (items.stream().allMatch(Number.class::isInstance)) {
      return (left, right) -> ((Number) left).doubleValue() > ((Number) right).doubleValue();
    }
    if (items.stream().allMatch(String.class::isInstance)) {
      return (left, right) -> ((String) left).compareTo((String) right) > 0;
    }
    throw new JException("D3070", -1);
  }

  private static List<Object> sort(List<Object> items, BiPredicate<Object, Object> comesAfter) {
    if (items.size() <= 1) {
      return items;
    }
    int middle = items.size() / 2;
    List<Object> left = sort(items.subList(0, middle), comesAfter);
    List<Object> right = sort(items.subList(middle, items.size()), comesAfter);
    List<Object> merged = new ArrayList<>(items.size());
    int l = 0;
    int r = 0;
    while (l < left.size() && r < right.size()) {
      merged.add(comesAfter.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
    }
    merged.addAll(left.subList(l, left.size()));
    merged.addAll(right.subList(r, right.size()));
    return merged;
  }

  /** An array without repetitions; it stays an array when one item is left. */
  static Object distinct(Object value) {
    if (!(value instanceof List<?> items) || items.size() <= 1) {
      return value;
    }
    Set<Object> seen = new HashSet<>();
    List<Object> kept = Utils.isSequence(items) ? Utils.createSequence() : new ArrayList<>();
    for (Object item : items) {
      if (seen.add(comparable(item))) {
        kept.add(item);
      }
    }
    return kept;
  }

  /** The same for values that JSONata considers equal: 1 and 1.0, objects in any order. */
  private static Object comparable(Object value) {
    return switch (value) {
      case Number n -> n.doubleValue() + 0.0;
      case List<?> list -> list.stream().map(Arrays::comparable).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((name, inner) -> copy.put(name, comparable(inner)));
        yield copy;
      }
      case null, default -> value;
    };
  }
}
