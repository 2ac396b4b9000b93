package org.touchstone.resolver.post;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;

/**
 * Collects the media of one post in its order. A medium that cannot be had keeps its place, with
 * the reason, so that the others are still found. Not thread-safe.
 */
public final class FoundMedia {
  private final List<PostMedia> media = new ArrayList<>();
  private final List<MissingMedium> missing = new ArrayList<>();
  private boolean quoting;

  /** Reads one medium of a platform's answer. */
  @FunctionalInterface
  public interface Reader<E extends Exception> {
    /**
     * @throws ProblemException with the reason when this medium cannot be had
     */
    PostMedia read() throws E;
  }

  /** Adds media of a platform's answer. */
  @FunctionalInterface
  public interface Adder<E extends Exception> {
    /** Adds them. */
    void add() throws E;
  }

  /** Adds the next medium. */
  public void add(PostMedia medium) {
    media.add(quoting ? medium.asQuoted() : medium);
  }

  /** Adds the media of another post, which this one quotes or passes on. */
  public <E extends Exception> void quoted(Adder<E> adder) throws E {
    boolean before = quoting;
    quoting = true;
    try {
      adder.add();
    } finally {
      quoting = before;
    }
  }

  /** The next medium cannot be had. */
  public void miss(Problem problem) {
    missing.add(new MissingMedium(size(), problem));
  }

  /**
   * Adds the next medium, or the reason why it cannot be had.
   *
   * @throws ProblemException when the reason is not the medium's fault but ours
   */
  public <E extends Exception> void read(Reader<E> reader) throws E {
    try {
      add(reader.read());
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      miss(e.problem());
    }
  }

  /** The same media as another post's, which this one quotes or passes on. */
  public FoundMedia asQuoted() {
    FoundMedia quotes = new FoundMedia();
    media.stream().map(PostMedia::asQuoted).forEach(quotes.media::add);
    quotes.missing.addAll(missing);
    return quotes;
  }

  /** How many media the post has so far, with those that cannot be had. */
  public int size() {
    return media.size() + missing.size();
  }

  /** Whether nothing was found, not even a medium that cannot be had. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** The media that can be had. */
  public List<PostMedia> media() {
    return List.copyOf(media);
  }

  /** The places of those that cannot. */
  public List<MissingMedium> missing() {
    return List.copyOf(missing);
  }
}
