/** What people say of media and their sources, which takes precedence over detectors. */
package org.touchstone.domain.people;
