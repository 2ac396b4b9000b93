package org.touchstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.link.WebLink;

class AllowedUrlsTest {
  private final AllowedUrls urls =
      new AllowedUrls(
          List.of(
              URI.create("https://bucket.s3.amazonaws.com/media"),
              URI.create("http://127.0.0.1:9000/")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bucket.s3.amazonaws.com/media/abc?X-Amz-Signature=1",
        "https://bucket.s3.amazonaws.com:443/media/a/b",
        "HTTPS://Bucket.S3.amazonaws.com/media",
        "http://127.0.0.1:9000/anything",
        "http://127.0.0.1:9000"
      })
  void allowsWhatLiesUnderAPrefix(String url) {
    assertThat(urls.allow(url)).contains(WebLink.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bucket.s3.amazonaws.com/media/abc",
        "https://bucket.s3.amazonaws.com/secrets",
        "https://bucket.s3.amazonaws.com/media-secrets/abc",
        "https://bucket.s3.amazonaws.com/media/../secrets",
        "https://bucket.s3.amazonaws.com/media/%2e%2e/secrets",
        "https://bucket.s3.amazonaws.com/media/x%2f..%2f..%2fsecrets",
        "https://bucket.s3.amazonaws.com/media/..%5csecrets",
        "https://bucket.s3.amazonaws.com.example.org/media/abc",
        "https://bucket.s3.amazonaws.com@example.org/media/abc",
        "https://user@bucket.s3.amazonaws.com/media/abc",
        "https://bucket.s3.amazonaws.com:8443/media/abc",
        "https://example.org/https://bucket.s3.amazonaws.com/media",
        "http://127.0.0.1/anything",
        "http://127.0.0.1:90001/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:9000/",
        "http:opaque",
        "//127.0.0.1:9000/",
        "not a url",
        ""
      })
  void refusesEverythingElse(String url) {
    assertThat(urls.allow(url)).isEmpty();
  }

  @Test
  void allowsNothingByDefault() {
    assertThat(new AllowedUrls(List.of()).allow("https://example.org/")).isEmpty();
  }

  @Test
  void takesOnlyWebAddressesAsPrefixes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AllowedUrls(List.of(URI.create("file:///tmp/"))));
  }
}
