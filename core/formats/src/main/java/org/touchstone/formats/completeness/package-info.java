/** Whether the end of a file is missing, and how much of it is there. */
package org.touchstone.formats.completeness;
