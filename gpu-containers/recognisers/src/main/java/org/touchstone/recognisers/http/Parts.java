package org.touchstone.recognisers.http;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.speech.Recording;
import org.touchstone.domain.speech.Recording.Stretch;

/** The parts of a recording that are sent: each begins and ends with speech. */
final class Parts {
  private Parts() {}

  /**
   * @param longest longest part, seconds; at least the longest stretch of speech
   * @param most most of all parts together, seconds: speech behind it is left out
   */
  static List<Stretch> of(Recording recording, double longest, double most) {
    List<Stretch> parts = new ArrayList<>();
    double sent = 0;
    for (Stretch speech : recording.speech()) {
      Stretch last = parts.isEmpty() ? null : parts.getLast();
      boolean joins = last != null && speech.end() - last.start() <= longest;
      double more = joins ? speech.end() - last.end() : speech.seconds();
      if (sent + more > most) {
        double room = most - sent;
        // Of a single long stretch the beginning is sent, of others all or nothing.
        if (parts.isEmpty() && room > 0) {
          parts.add(new Stretch(speech.start(), speech.start() + room));
        }
        return parts;
      }
      sent += more;
      if (joins) {
        parts.set(parts.size() - 1, new Stretch(last.start(), speech.end()));
      } else {
        parts.add(speech);
      }
    }
    return parts;
  }
}
