/** The specification's status codes, and what was found. */
package org.touchstone.c2pa.status;
