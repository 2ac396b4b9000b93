package org.touchstone.resolver.streaming;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.link.WebLink;

/** A master playlist: the encodings of one recording, and separate sound tracks. */
record HlsMaster(List<Variant> variants, List<Sound> sounds) {
  private static final String VARIANT = "#EXT-X-STREAM-INF:";
  private static final String MEDIA = "#EXT-X-MEDIA:";
  private static final Pattern SOUND_ONLY =
      Pattern.compile("\\s*(mp4a|ac-3|ec-3|ac-4|opus|Opus|flac|fLaC|mp3)[^,]*");
  private static final int MAX = 500;

  /**
   * An encoding.
   *
   * @param link its media playlist
   * @param soundGroup the group of its separate sound; absent otherwise
   * @param isSoundOnly whether it has no picture, for players with little bandwidth
   */
  record Variant(
      WebLink link, long bitsPerSecond, long pixels, String soundGroup, boolean isSoundOnly)
      implements Encoding {}

  /**
   * One of a group's sounds, such as a language.
   *
   * @param link its media playlist; absent when the sound is part of the variants
   */
  record Sound(String group, WebLink link, boolean isDefault) {}

  static boolean isMaster(StreamingManifest manifest) {
    return manifest.text().contains(VARIANT);
  }

  static HlsMaster parse(StreamingManifest manifest) {
    List<Variant> variants = new ArrayList<>();
    List<Sound> sounds = new ArrayList<>();
    HlsAttributes offered = null;
    for (Iterator<String> lines = manifest.text().lines().iterator(); lines.hasNext(); ) {
      String line = lines.next().strip();
      if (line.startsWith(VARIANT)) {
        offered = HlsAttributes.parse(line.substring(VARIANT.length()));
      } else if (line.startsWith(MEDIA)) {
        HlsAttributes media = HlsAttributes.parse(line.substring(MEDIA.length()));
        if ("AUDIO".equals(media.get("TYPE"))) {
          sounds.add(sound(manifest.link(), media));
        }
      } else if (offered != null && !line.isEmpty() && !line.startsWith("#")) {
        variants.add(variant(Refusal.link(manifest.link(), line), offered));
        offered = null;
      }
      if (variants.size() > MAX || sounds.size() > MAX) {
        throw Refusal.corrupt();
      }
    }
    List<Variant> pictures = variants.stream().filter(v -> !v.isSoundOnly()).toList();
    if (variants.isEmpty()) {
      throw Refusal.corrupt();
    }
    return new HlsMaster(pictures.isEmpty() ? List.copyOf(variants) : pictures, sounds);
  }

  private static Variant variant(WebLink link, HlsAttributes attributes) {
    long average = attributes.number("AVERAGE-BANDWIDTH");
    String codecs = attributes.get("CODECS");
    return new Variant(
        link,
        average > 0 ? average : attributes.number("BANDWIDTH"),
        attributes.pixels("RESOLUTION"),
        attributes.get("AUDIO"),
        codecs != null
            && List.of(codecs.split(",")).stream().allMatch(SOUND_ONLY.asMatchPredicate()));
  }

  private static Sound sound(WebLink at, HlsAttributes attributes) {
    String reference = attributes.get("URI");
    return new Sound(
        attributes.get("GROUP-ID"),
        reference == null ? null : Refusal.link(at, reference),
        "YES".equals(attributes.get("DEFAULT")));
  }

  /**
   * The media playlist of a variant's separate sound; empty when the variant includes its sound.
   */
  Optional<WebLink> soundOf(Variant variant) {
    List<Sound> group =
        sounds.stream()
            .filter(s -> variant.soundGroup() != null && variant.soundGroup().equals(s.group()))
            .toList();
    return group.stream()
        .filter(Sound::isDefault)
        .findFirst()
        .or(() -> group.stream().findFirst())
        .map(Sound::link);
  }
}
