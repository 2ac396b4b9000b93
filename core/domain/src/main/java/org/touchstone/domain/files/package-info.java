/** File utilities for several modules: checksums, locks between processes, deletion of folders. */
package org.touchstone.domain.files;
