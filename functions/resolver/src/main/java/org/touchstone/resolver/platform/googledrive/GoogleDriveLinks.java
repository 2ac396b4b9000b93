package org.touchstone.resolver.platform.googledrive;

import org.touchstone.resolver.link.LinkTable;

/** Files on Google Drive that anyone may read. */
public final class GoogleDriveLinks {
  public static final LinkTable TABLE =
      LinkTable.of("googledrive", "Google Drive")
          .hosts("drive.google.com", "docs.google.com", "drive.usercontent.google.com")
          .extract(
              "file",
              "/file/d/{id:code}/**?resourcekey={key:code}",
              "https://drive.google.com/file/d/{id}/view?resourcekey={key}")
          .extract("file", "/file/d/{id:code}/**", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/file/u/*/d/{id:code}/**", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/a/*/file/d/{id:code}/**", "https://drive.google.com/file/d/{id}/view")
          .extract(
              "file",
              "/open?id={id:code}&resourcekey={key:code}",
              "https://drive.google.com/file/d/{id}/view?resourcekey={key}")
          .extract("file", "/open?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/uc?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/u/*/uc?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/u/*/open?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/thumbnail?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/download?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/leaf?id={id:code}", "https://drive.google.com/file/d/{id}/view")
          .extract("file", "/viewer?srcid={id:code}", "https://drive.google.com/file/d/{id}/view")
          .refuse("/drive/**", "This is a folder; link to one of the files in it.")
          .refuse("/document/**", "This is a text document, not an image, video or audio file.")
          .refuse("/spreadsheets/**", "This is a spreadsheet, not an image, video or audio file.")
          .refuse("/presentation/**", "These are slides, not an image, video or audio file.")
          .refuse("/forms/**", "This is a form, not an image, video or audio file.")
          .example("file", "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view")
          .build();

  private GoogleDriveLinks() {}
}
