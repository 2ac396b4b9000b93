package org.touchstone.resolver.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MarkupTest {
  private static final int BYTES = 8 << 20;
  private static final String BASE = "https://example.org/";

  private static String filled(String before, String repeated) {
    return before + repeated.repeat(BYTES / repeated.length());
  }

  /** What the parser nests, moves or repeats, each of which is quadratic in some versions of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table>~<input>",
        "~<table>",
        "~<a><table><tr><td>",
        "~<font size=1><table>",
        "<table>~x<tr>",
        "~<b><p>",
        "~<ul><li>",
        "~<div>",
        "~<svg><p>",
        "~<math><mi><p>",
        "~<nobr>",
        "~<dd><a>",
        "~<select><option>",
        "~<template>",
        "~<",
        "~<!--",
        "~&amp",
        "<a ~a=1 ",
        "<a b='~x"
      })
  void noPageKeepsAThreadForLong(String form) {
    String[] parts = form.split("~");
    long start = System.nanoTime();
    try {
      assertThat(Markup.html(filled(parts[0], parts[1]), BASE, Duration.ofSeconds(1))).isNotNull();
    } catch (MarkupException tooComplicated) {
      assertThat(tooComplicated).hasMessageMatching("takes too long|too many elements|nested.*");
    }
    // The bound is checked between portions of input; what follows the last is linear.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void openElementsAreNotRepeatedWithoutLimit() {
    StringBuilder page = new StringBuilder("<p>");
    for (String tag : "b i u em strong code font big small s strike tt".split(" ")) {
      page.append('<').append(tag);
      for (int i = 0; i < 500; i++) {
        page.append(" a").append(i).append("=1");
      }
      page.append('>');
    }
    page.append("<p>x".repeat(200_000));
    assertThatThrownBy(() -> Markup.html(page.toString(), BASE))
        .isInstanceOf(MarkupException.class);
  }

  @Test
  void depthIsBounded() throws MarkupException {
    assertThatThrownBy(() -> Markup.html("<div>".repeat(2_000), BASE))
        .isInstanceOf(MarkupException.class)
        .hasMessage("nested too deeply");
    assertThat(Markup.html("<div>".repeat(300) + "<img>", BASE).select("img")).hasSize(1);
    assertThatThrownBy(() -> Markup.xml("<a>".repeat(2_000))).isInstanceOf(MarkupException.class);
  }

  @Test
  void namespacesAreNotCopiedWithoutLimit() {
    StringBuilder document = new StringBuilder("<MPD>");
    for (int element = 0; element < 1_300; element++) {
      document.append("<a");
      for (int i = 0; i < 400; i++) {
        document.append(" xmlns:n").append(element).append('-').append(i).append("='u'");
      }
      document.append('>');
    }
    assertThatThrownBy(() -> Markup.xml(document.toString())).isInstanceOf(MarkupException.class);
  }

  @Test
  void interruptedThreadStopsParsing() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread parsing =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Markup.html(filled("<table>", "<input>"), BASE, Duration.ofHours(1));
                    end.complete("parsed");
                  } catch (MarkupException e) {
                    end.complete(e.getMessage());
                  }
                });
    parsing.interrupt();
    assertThat(end.get(1, TimeUnit.MINUTES)).startsWith("interrupted");
  }

  @Test
  void largePageOfAPlatformIsRead() throws MarkupException {
    String item = "<div class=post><a href='/p/1'><img src=a.jpg alt='a'></a><p>text</p></div>\n";
    Document page = Markup.html("<title>t</title>" + item.repeat(40_000), BASE);
    assertThat(page.select("img")).hasSize(40_000);
    assertThat(page.selectFirst("a").absUrl("href")).isEqualTo("https://example.org/p/1");
  }
}
