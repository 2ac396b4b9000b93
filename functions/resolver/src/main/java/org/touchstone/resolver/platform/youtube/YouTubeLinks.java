package org.touchstone.resolver.platform.youtube;

import org.touchstone.resolver.link.LinkTable;

/** YouTube in every form; its terms exclude it, so that no form is taken apart. */
public final class YouTubeLinks {
  public static final LinkTable TABLE =
      LinkTable.of("youtube", "YouTube")
          .domains("youtube.com", "youtu.be", "youtube-nocookie.com", "youtubekids.com")
          .domains("youtubeeducation.com", "yt.be", "googlevideo.com")
          .hosts("youtube.googleapis.com", "yout-ube.com", "www.yout-ube.com")
          .counterexamples(
              "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
              "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
              "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg")
          .build();

  private YouTubeLinks() {}
}
