/** {@code ./touchstone doctor}: what this machine has and lacks, and what to do about it. */
package org.touchstone.local.doctor;
