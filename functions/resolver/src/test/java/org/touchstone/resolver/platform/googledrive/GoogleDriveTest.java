package org.touchstone.resolver.platform.googledrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class GoogleDriveTest {
  private static final String MP4 = "\0\0\0\30ftypmp42\0\0\0\0mp42isom";

  private static final String DRIVE_ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz_-2345";

  private static final String DRIVE = "https://drive.google.com/file/d/" + DRIVE_ID + "/view";

  private static final PlatformKeys WITH_GOOGLE_KEY =
      new PlatformKeys(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("google-key"));

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void keepsGooglesKeyOutOfLinks() throws IOException {
    web.serve(
        "www.googleapis.com",
        "/drive/v3/files/" + DRIVE_ID + "?",
        "{\"name\":\"clip.mp4\",\"mimeType\":\"video/mp4\",\"createdTime\":\"2024-01-02T03:04:05.000Z\","
            + "\"owners\":[{\"displayName\":\"Jane\"}]}");

    Post post = web.find(WITH_GOOGLE_KEY, DRIVE + "?resourcekey=0-abc");

    assertThat(PlatformServer.media(post).getFirst())
        .startsWith("https://www.googleapis.com/drive/v3/files/" + DRIVE_ID + "?")
        .contains("alt=media")
        .doesNotContain("google-key");
    assertThat(post.media().getFirst().headers())
        .containsEntry("X-Goog-Api-Key", "google-key")
        .containsEntry("X-Goog-Drive-Resource-Keys", DRIVE_ID + "/0-abc");
    assertThat(web.requests()).noneMatch(seen -> seen.target().contains("google-key"));
    assertThat(post.context().text()).isEqualTo("clip.mp4");
    assertThat(post.author()).isEqualTo("Jane");
  }

  @Test
  void refusesFoldersAndDocumentsOnGoogleDrive() throws IOException {
    web.serve("www.googleapis.com", "/", "{\"mimeType\":\"application/vnd.google-apps.document\"}");

    assertThat(web.problem(WITH_GOOGLE_KEY, DRIVE).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
    assertThat(web.problem("https://drive.google.com/drive/folders/" + DRIVE_ID).type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void downloadsFromGoogleDriveWithoutAKey() throws IOException {
    String host = "drive.usercontent.google.com";
    web.serve(host, "/download?export=download&confirm=t&id=" + DRIVE_ID, 200, Map.of(), MP4);
    assertThat(web.media(DRIVE))
        .containsExactly("https://" + host + "/download?export=download&confirm=t&id=" + DRIVE_ID);

    web.redirect(host, "/", "https://accounts.google.com/ServiceLogin?x");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_PRIVATE);

    web.serve(
        host, "/", "<html>Too many users have viewed or downloaded this file recently.</html>");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);

    web.serve(host, "/", 404, Map.of(), "<html>x</html>");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  private static String form(String action) {
    return """
        <html><head><title>Google Drive - Virus scan warning</title></head><body>
        <form id="download-form" action="%s" method="get">
        <input type="submit" value="Download anyway"><input type="hidden" name="id" value="A">
        <input type="hidden" name="confirm" value="t"><input type="hidden" name="uuid" value="1-2">
        <input type="hidden" name="at" value="a:b&amp;c"></form></body></html>\
        """
        .formatted(action);
  }

  @Test
  void followsTheFormThatWarnsOfVirusesOnce() throws IOException {
    String host = "drive.usercontent.google.com";
    String asked = "/download?id=A&confirm=t&uuid=1-2&at=a%3Ab%26c";
    web.serve(host, "/download?export", form("https://drive.usercontent.google.com/download"));
    web.serve(host, asked, 200, Map.of(), MP4);
    assertThat(web.media(DRIVE)).containsExactly("https://" + host + asked);

    web.serve(host, asked, form("/download"));
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @Test
  void followsNoFormToAnotherHost() throws IOException {
    web.serve("drive.usercontent.google.com", "/", form("https://evil.example/download"));

    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
    assertThat(web.requestsTo("evil.example")).isEmpty();
  }

  @Test
  void tellsARefusedKeyFromAFileThatIsNotShared() throws IOException {
    web.serve("drive.usercontent.google.com", "/", 500, Map.of(), "");
    web.serve(
        "www.googleapis.com",
        "/",
        400,
        Map.of(),
        "{\"error\":{\"code\":400,\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}");
    assertThat(web.problem(WITH_GOOGLE_KEY, DRIVE).detail()).contains("this installation's key");

    web.serve("www.googleapis.com", "/", 404, Map.of(), "{\"error\":{\"code\":404}}");
    assertThat(web.problem(WITH_GOOGLE_KEY, DRIVE).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }
}
