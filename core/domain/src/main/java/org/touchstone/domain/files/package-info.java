/** What several modules do with files: checksums, locks between processes, deletion of folders. */
package org.touchstone.domain.files;
